// Signs in and watches a timeline grow, in Chromium, against a running stack:
//   BASE_URL=http://localhost:8080 TOKEN=… LEAD=<leadId> npm run e2e
// Optional: CHROMIUM (path of the browser), GROW (a shell command that makes something happen to the lead; without it the test
// only waits for what happens anyway), SCREENSHOTS (a directory).
import assert from 'node:assert/strict'
import { exec } from 'node:child_process'
import process from 'node:process'
import { after, before, test } from 'node:test'
import { chromium } from 'playwright-core'

const { BASE_URL = 'http://localhost:8080', TOKEN, LEAD, GROW, SCREENSHOTS } = process.env
const PATIENCE = { timeout: 30_000 }

let browser
let page
const problems = []

before(async () => {
  assert.ok(TOKEN && LEAD, 'TOKEN and LEAD must be set')
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  page = await browser.newPage({ viewport: { width: 1280, height: 860 } })
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on('dialog', (dialog) => problems.push(`a dialog opened: ${dialog.message()}`))
})

after(() => browser?.close())

const shot = (name) => (SCREENSHOTS ? page.screenshot({ path: `${SCREENSHOTS}/${name}.png` }) : undefined)

test('a token in the fragment becomes a session and leaves the address bar', async () => {
  await page.goto(`${BASE_URL}/sign-in#token=${TOKEN}`)
  await page.getByRole('navigation', { name: 'Conversations' }).waitFor(PATIENCE)
  assert.equal(new URL(page.url()).hash, '')
  assert.equal(new URL(page.url()).pathname, '/')
  assert.equal(await page.evaluate(() => document.cookie), '', 'no script may read the cookie')
  await shot('board')
})

test('the board leads to the conversation', async () => {
  await page.locator(`a[href="/leads/${LEAD}"]`).click(PATIENCE)
  await page.getByRole('log', { name: 'Conversation' }).waitFor(PATIENCE)
  assert.ok((await page.locator('.bubble').count()) > 0, 'something was said')
  await shot('lead')
})

test('the address of a conversation works after a reload', async () => {
  await page.reload()
  await page.locator('.bubble').first().waitFor(PATIENCE)
  assert.equal(new URL(page.url()).pathname, `/leads/${LEAD}`)
})

test('the timeline grows without a reload', async (t) => {
  if (!GROW) return t.skip('GROW is not set')
  const entries = page.locator('.timeline > *')
  const before = await entries.count()
  await page.evaluate(() => (window.notReloaded = true))
  exec(GROW)
  await page.waitForFunction((had) => document.querySelectorAll('.timeline > *').length > had, before, PATIENCE)
  assert.equal(await page.evaluate(() => window.notReloaded), true)
  await shot('grown')
})

test('a "nobody" answered after the sign-in does not sign out', async () => {
  const context = await browser.newContext()
  const late = await context.newPage()
  const isSession = (method) => (response) =>
    response.url().endsWith('/api/session') && response.request().method() === method
  const signedIn = late.waitForResponse(isSession('POST'), PATIENCE)
  const nobody = late.waitForResponse(isSession('GET'), PATIENCE)
  await late.route('**/api/session', async (route) => {
    if (route.request().method() !== 'GET') return route.continue()
    await signedIn
    await late.getByRole('navigation', { name: 'Conversations' }).waitFor(PATIENCE)
    return route.fulfill({ status: 401, contentType: 'application/problem+json', body: '{}' })
  })
  await late.goto(`${BASE_URL}/sign-in#token=${TOKEN}`)
  await nobody
  await late.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))))
  assert.equal(await late.getByRole('navigation', { name: 'Conversations' }).count(), 1)
  assert.equal(new URL(late.url()).pathname, '/')
  await context.close()
})

test('the page ran without an error', () => assert.deepEqual(problems, []))
