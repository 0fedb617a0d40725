// What the tests of the page share: the browser, the people who sign in, the customers of the Twilio stand-in, and the checks every page
// must pass. Settings come from the environment, see console.test.mjs.
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import process from 'node:process'
import { chromium } from 'playwright-core'

const { BASE_URL = 'http://localhost:8080', TWILIO_URL, BUSINESS = '+12025550100', SCREENSHOTS } = process.env
export const PATIENCE = { timeout: 30_000 }
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export const WIDE = { width: 1280, height: 860 }
export const NARROW = { width: 390, height: 844 }

let browser
/** What went wrong on any page: errors, dialogs. */
export const problems = []

export async function launch() {
  if (SCREENSHOTS) mkdirSync(SCREENSHOTS, { recursive: true })
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      // A microphone that needs no permission; Twilio itself is out of reach.
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      '--host-resolver-rules=MAP *.twilio.com ~NOTFOUND',
    ],
  })
}

export const close = () => browser?.close()

/** A page of somebody who is signed in, or of a stranger when `token` is left out. */
export async function open({ token, path = '/', viewport = WIDE, colorScheme = 'light', routes = {} } = {}) {
  // Nothing fades for who asks for less motion, so no check meets something half there.
  const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' })
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE.timeout)
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on('dialog', (dialog) => {
    problems.push(`a dialog opened: ${dialog.message()}`)
    void dialog.dismiss()
  })
  for (const [pattern, answer] of Object.entries(routes)) await page.route(pattern, answer)
  if (token) {
    // Signed in before the page is: it then opens where it was asked to.
    const answer = await context.request.post(`${BASE_URL}/api/session`, { data: { token } })
    assert.equal(answer.status(), 200, 'the token signs in')
  }
  await page.goto(BASE_URL + path)
  return page
}

/** Seen within everybody's patience. */
export const appears = (locator) => locator.first().waitFor(PATIENCE)

/** What `condition` finds once it finds something; fails with `what` when it never does. */
export async function until(condition, what) {
  const end = Date.now() + PATIENCE.timeout
  for (;;) {
    const found = await condition()
    if (found) return found
    assert.ok(Date.now() < end, what)
    await new Promise((resume) => setTimeout(resume, 100))
  }
}

/** A picture for people, kept with the test's output. */
export const shot = (page, name) => (SCREENSHOTS ? page.screenshot({ path: `${SCREENSHOTS}/${name}.png` }) : undefined)

/** Waits until what fades has come to rest: half faded in, everything lacks contrast. A meter moves as long as somebody speaks. */
const atRest = (page) =>
  page.waitForFunction(
    () =>
      document.getAnimations().every((one) => {
        const changed = one.transitionProperty ?? one.effect.getKeyframes().flatMap(Object.keys).join()
        return one.playState !== 'running' || one.effect.getTiming().iterations !== 1 || !/opacity|color/i.test(changed)
      }),
    undefined,
    PATIENCE,
  )

/** No finding of axe that is serious or critical. */
export async function accessible(page, name) {
  await atRest(page)
  await page.evaluate(AXE)
  const found = await page.evaluate(() =>
    globalThis.axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }),
  )
  const serious = found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
  assert.deepEqual(serious, [], `axe on ${name}`)
}

/** Looks at one page in both colour schemes and both widths: a picture of each, axe in the wide ones and one narrow one. */
export async function everyLook(page, name) {
  for (const [viewport, width] of [[NARROW, 'narrow'], [WIDE, 'wide']]) {
    await page.setViewportSize(viewport)
    for (const colorScheme of ['dark', 'light']) {
      await page.emulateMedia({ colorScheme })
      // The page follows the scheme in a moment of its own.
      await page.waitForFunction((scheme) => document.documentElement.dataset.mantineColorScheme === scheme, colorScheme, PATIENCE)
      await atRest(page)
      await shot(page, `${name}-${width}-${colorScheme}`)
      await accessible(page, `${name}, ${width}, ${colorScheme}`)
      assert.ok(
        await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth),
        `${name} is not wider than its window (${width})`,
      )
    }
  }
}

async function control(path, body) {
  const answer = await fetch(TWILIO_URL + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  assert.ok(answer.ok, `the stand-in answered ${answer.status} to ${path}: ${await answer.clone().text()}`)
  return answer.json()
}

/** What customers do with their telephones. */
export const customer = {
  texts: (from, body) => control('/_sim/messages', { from, to: BUSINESS, body }),
  calls: (from, steps) => control('/_sim/calls', { from, to: BUSINESS, steps }),
  hangsUp: (callSid) => control(`/_sim/calls/${callSid}/hangup`, {}),
  /** A browser with the Voice SDK, whose sound goes nowhere. */
  browser: (token, params) => control('/_sim/calls', { token, params }),
  messages: async (number) => {
    const answer = await fetch(`${TWILIO_URL}/_sim/messages?with=${encodeURIComponent(number)}`)
    const found = await answer.json()
    return Array.isArray(found) ? found : found.messages
  },
}

/** The API, asked by somebody; with a body, asked to make something. */
export async function api(token, path, body) {
  const answer = await fetch(BASE_URL + path, {
    method: body ? 'POST' : 'GET',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: body && JSON.stringify(body),
  })
  assert.ok(answer.ok, `${path} answered ${answer.status}: ${await answer.clone().text()}`)
  return answer.json()
}
