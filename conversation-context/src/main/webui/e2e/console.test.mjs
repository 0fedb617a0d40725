// The page in Chromium, against a running stack with the stand-ins:
//   BASE_URL=http://localhost:8080 TWILIO_URL=http://localhost:… TOKEN=… VIEWER=… ADMIN=… LEAD=<leadId> npm run e2e
// TOKEN is an operator's, LEAD one who has texted and whose call over the bridge has ended. Optional: CHROMIUM (path of the browser),
// BUSINESS (its number), SCREENSHOTS (a directory).
import assert from 'node:assert/strict'
import process from 'node:process'
import { gzipSync } from 'node:zlib'
import { after, before, test } from 'node:test'
import { accessible, api, appears, close, customer, everyLook, launch, NARROW, open, PATIENCE, problems, shot } from './browser.mjs'

const { TOKEN, VIEWER, LEAD } = process.env
/** What is compressed and fetched before the board is there; the product's promise. */
const FIRST_LOAD_BYTES = 300 * 1024

/** Runs before the tests with this page and is followed by many of them. */
let page

before(async () => {
  for (const name of ['TOKEN', 'VIEWER', 'LEAD', 'TWILIO_URL']) assert.ok(process.env[name], `${name} must be set`)
  await launch()
})
after(close)

const said = (page) => page.getByRole('log', { name: 'Conversation' })
const toLead = (page, lead) => page.locator(`a[href="/leads/${lead}"]`).first().click()

test('a token in the fragment becomes a session and leaves the address bar', async () => {
  page = await open({ path: `/sign-in#token=${TOKEN}` })
  await appears(page.getByRole('navigation', { name: 'Conversations' }))
  assert.equal(new URL(page.url()).hash, '')
  assert.equal(new URL(page.url()).pathname, '/')
  assert.equal(await page.evaluate(() => document.cookie), '', 'no script may read the cookie')
})

test('the first load is small', async () => {
  const fresh = await open({ token: TOKEN })
  await appears(fresh.getByRole('navigation', { name: 'Conversations' }))
  const addresses = await fresh.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => name)
      .filter((name) => new URL(name).pathname.startsWith('/assets/')),
  )
  let bytes = 0
  for (const address of new Set(addresses)) bytes += gzipSync(Buffer.from(await (await fetch(address)).arrayBuffer())).length
  console.log(`first load: ${Math.round(bytes / 1024)} KB compressed`)
  assert.ok(addresses.length > 1 && bytes < FIRST_LOAD_BYTES, `${bytes} bytes`)
  await fresh.context().close()
})

test('the board shows the day, who is on the phone, and follows both live', async () => {
  await appears(page.getByText('Calls in'))
  await appears(page.getByText('Nobody is on the phone.'))
  const call = await customer.calls('+12025550161', [{ wait: 'stream' }, { pause: 60_000 }])
  const live = page.getByRole('region', { name: 'On the phone' })
  await appears(live.getByRole('link', { name: '(202) 555-0161' }))
  await everyLook(page, 'board')
  await customer.hangsUp(call.callSid)
  await appears(page.getByText('Nobody is on the phone.'))
})

test('a conversation opens from the list, and under its own address', async () => {
  await toLead(page, LEAD)
  await appears(said(page).getByRole('article'))
  await page.reload()
  await appears(said(page).getByRole('article'))
  assert.equal(new URL(page.url()).pathname, `/leads/${LEAD}`)
  await everyLook(page, 'lead')
})

test('what a customer writes is text, whatever it looks like', async () => {
  const evil = '<img src=x onerror=alert(1)><script>alert(2)</script>'
  await customer.texts('+12025550162', evil)
  await page.goto(new URL('/', page.url()).href)
  await page.getByRole('navigation', { name: 'Conversations' }).getByText('(202) 555-0162').click()
  await appears(said(page).getByText(evil, { exact: true }))
  assert.equal(await page.locator('main img, main script').count(), 0)
})

test('a text is sent once, though the first answer was lost, and its delivery is seen', async () => {
  const body = `We have kept your place. ${Date.now()}`
  let lost = 0
  const lose = async (route) => {
    await route.fetch()
    lost++
    await route.abort()
  }
  await page.route('**/api/twilio/send-sms', lose, { times: 1 })
  await page.keyboard.press('Alt+t')
  await page.keyboard.type(body)
  await page.getByRole('button', { name: 'Send text' }).click()
  await appears(page.getByText('Look at the connection, then try again.'))
  await page.getByRole('button', { name: 'Send text' }).click()
  await appears(said(page).getByRole('article').filter({ hasText: body }).getByText('delivered'))
  const sent = (await customer.messages('+12025550162')).filter((message) => (message.body ?? message.Body) === body)
  assert.equal(lost, 1)
  assert.equal(sent.length, 1, 'one text for two clicks')
})

test('a person takes the texts over and gives them back', async () => {
  await page.getByRole('button', { name: 'Take over' }).click()
  await appears(page.getByText(/answers the texts since/))
  await appears(said(page).getByText(/answers the texts now/))
  await page.getByRole('button', { name: 'Give back' }).click()
  await appears(page.getByText('The agent answers the texts.', { exact: true }))
})

test('a note is kept for colleagues', async () => {
  await page.keyboard.press('Alt+n')
  await page.keyboard.type('Prefers mornings.')
  await page.keyboard.press('Control+Enter')
  await appears(said(page).getByText('Prefers mornings.'))
})

test('a live call is whispered to, joined and handed over', async () => {
  const call = await customer.calls('+12025550163', [{ wait: 'stream' }, { pause: 90_000 }])
  await page.goto(new URL('/', page.url()).href)
  await page.getByRole('region', { name: 'On the phone' }).getByRole('link', { name: '(202) 555-0163' }).click()
  const strip = page.getByRole('region', { name: 'Live call' })
  await appears(strip.getByText('On the phone'))

  await page.keyboard.press('Alt+w')
  await page.keyboard.type('Offer ten percent off.')
  await page.getByRole('button', { name: 'Whisper', exact: true }).click()
  await appears(said(page).getByText('Offer ten percent off.'))

  await strip.getByRole('button', { name: 'Hand over' }).click()
  const dialog = page.getByRole('dialog', { name: 'Hand the call to a person' })
  await dialog.getByRole('combobox', { name: 'Who' }).click()
  await appears(page.getByRole('option', { name: /Maria/ }))
  await page.keyboard.press('Escape')
  await dialog.getByRole('button', { name: 'Cancel' }).click()

  const token = page.waitForResponse((response) => response.url().endsWith('/api/twilio/token'), PATIENCE)
  const joined = page.waitForResponse((response) => response.url().endsWith('/join'), PATIENCE)
  await strip.getByRole('button', { name: 'Join' }).click()
  const { room } = (await (await joined).json()).data
  const voice = (await (await token).json()).data.token
  const bar = page.getByRole('region', { name: 'Your call' })
  await appears(bar.getByText(/Connecting your browser|You are not in the call/))
  // Twilio is out of reach here, which the page says; the stand-in then plays the browser with the page's own token.
  await customer.browser(voice, { conference: room })
  await appears(bar.getByRole('button', { name: /Mute Browser/ }))
  await appears(bar.getByText(/You are not in the call\. Twilio was not reached/))
  await accessible(page, 'a call that is joined')
  await shot(page, 'joined-wide-light')
  await bar.getByRole('button', { name: 'Leave' }).click()
  await customer.hangsUp(call.callSid)
})

test('what the agent knew is seen at any moment, and what changed between two', async () => {
  await page.goto(new URL(`/leads/${LEAD}`, page.url()).href)
  await page.getByRole('button', { name: 'What the agent knows' }).click()
  const drawer = page.getByRole('dialog', { name: 'What the agent knows' })
  await appears(drawer.getByLabel('What the agent was told'))
  const now = await drawer.getByLabel('What the agent was told').textContent()
  await drawer.getByRole('slider').press('Home')
  await page.waitForFunction(
    (had) => document.querySelector('pre')?.textContent !== had,
    now,
    PATIENCE,
  )
  await drawer.getByText('Between two moments').click()
  await appears(drawer.getByRole('list', { name: 'What the agent is told' }))
  await everyLook(page, 'context')
})

test('a call’s flight record is a waterfall with two lanes', async () => {
  const { entries } = await api(TOKEN, `/api/leads/${LEAD}/timeline?limit=200`)
  const { callId } = entries.find((entry) => entry.kind === 'QUALITY' && entry.detail.quality.flight.turns.length > 0)
  await page.goto(new URL(`/leads/${LEAD}/calls/${callId}`, page.url()).href)
  await appears(page.getByRole('region', { name: 'To the first word' }))
  for (const lane of ['Caller', 'Agent']) {
    assert.ok((await page.getByRole('listbox', { name: lane }).getByRole('option').count()) > 0, `${lane} spoke`)
  }
  await page.getByRole('listbox', { name: 'Agent' }).press('Home')
  await appears(page.getByRole('status').filter({ hasText: /0:\d\d–0:\d\d/ }))
  await everyLook(page, 'call')
})

test('a viewer reads, and is told why nothing can be done', async () => {
  const viewers = await open({ token: VIEWER, path: `/leads/${LEAD}` })
  const call = viewers.getByRole('button', { name: 'Call', exact: true })
  await appears(call)
  assert.equal(await call.getAttribute('aria-disabled'), 'true')
  await call.focus()
  await appears(viewers.getByRole('tooltip', { name: /viewers read/ }))
  await viewers.keyboard.press('Enter')
  assert.equal(await viewers.getByRole('dialog').count(), 0)
  await viewers.context().close()
})

test('ten thousand conversations are a list of the few in sight', async () => {
  const all = Array.from({ length: 10_000 }, (_, index) => ({
    leadId: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    name: `Customer ${index}`,
    lastActivity: new Date(Date.UTC(2026, 0, 1) - index * 60_000).toISOString(),
    onThePhone: false,
  }))
  const many = await open({
    token: TOKEN,
    routes: {
      '**/api/leads?*': (route) => {
        const from = Number(new URL(route.request().url()).searchParams.get('cursor') ?? 0)
        const next = from + 1_000
        return route.fulfill({
          json: { leads: all.slice(from, next), ...(next < all.length && { nextCursor: String(next) }) },
        })
      },
    },
  })
  const rows = many.locator('nav[aria-label="Conversations"] a')
  await appears(rows)
  const scroller = many.locator('[data-loaded]')
  while ((await scroller.getAttribute('data-loaded')) !== '10000') {
    await scroller.evaluate((box) => (box.scrollTop = box.scrollHeight))
    await many.evaluate(() => new Promise((painted) => requestAnimationFrame(painted)))
  }
  await scroller.evaluate((box) => (box.scrollTop = box.scrollHeight))
  await appears(many.getByText('Customer 9999'))
  assert.ok((await rows.count()) < 60, 'only rows in sight are in the page')
  await many.getByRole('link', { name: /Customer 9999/ }).focus()
  await many.keyboard.press('ArrowUp')
  await many.waitForFunction(() => document.activeElement?.textContent?.includes('Customer 9998'), undefined, PATIENCE)
  await many.context().close()
})

test('empty, failed and cut off are told', async () => {
  const empty = await open({ token: TOKEN, routes: { '**/api/leads?*': (route) => route.fulfill({ json: { leads: [] } }) } })
  await appears(empty.getByText('No conversations yet'))
  await empty.context().setOffline(true)
  await appears(empty.getByText('Reconnecting…'))
  await empty.context().setOffline(false)
  await empty.getByText('Reconnecting…').waitFor({ state: 'hidden', ...PATIENCE })
  await empty.context().close()

  const refused = {
    status: 503,
    contentType: 'application/problem+json',
    body: JSON.stringify({ title: 'Service Unavailable', status: 503, detail: 'The database does not answer.' }),
  }
  const broken = await open({
    token: TOKEN,
    viewport: NARROW,
    routes: { '**/api/leads?*': (route) => route.fulfill(refused), '**/api/board': (route) => route.fulfill(refused) },
  })
  await appears(broken.getByText('The board did not load'))
  await accessible(broken, 'a board that failed')
  await shot(broken, 'board-failed-narrow')
  await broken.context().close()
})

test('the keys are listed where they are looked for, and the way out is Escape', async () => {
  await page.goto(new URL('/', page.url()).href)
  await appears(page.getByText('Calls in'))
  await page.keyboard.press('Shift+?')
  const help = page.getByRole('dialog', { name: 'Keys and help' })
  await appears(help.getByText('Search conversations'))
  await accessible(page, 'help')
  await page.keyboard.press('Escape')
  await help.waitFor({ state: 'hidden', ...PATIENCE })
  const searching = () => page.evaluate(() => document.activeElement?.tagName === 'INPUT')
  for (let tries = 0; tries < 50 && !(await searching()); tries++) {
    await page.keyboard.press('/')
    await page.waitForTimeout(100)
  }
  assert.ok(await searching())
})

test('a "nobody" answered after the sign-in does not sign out', async () => {
  const late = await open({ path: '/sign-in' })
  const isSession = (method) => (response) =>
    response.url().endsWith('/api/session') && response.request().method() === method
  const signedIn = late.waitForResponse(isSession('POST'), PATIENCE)
  const nobody = late.waitForResponse(isSession('GET'), PATIENCE)
  await late.route('**/api/session', async (route) => {
    if (route.request().method() !== 'GET') return route.continue()
    await signedIn
    await appears(late.getByRole('navigation', { name: 'Conversations' }))
    return route.fulfill({ status: 401, contentType: 'application/problem+json', body: '{}' })
  })
  await late.goto('about:blank')
  await late.goto(new URL(`/sign-in#token=${TOKEN}`, page.url()).href)
  await nobody
  await late.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))))
  assert.equal(await late.getByRole('navigation', { name: 'Conversations' }).count(), 1)
  assert.equal(new URL(late.url()).pathname, '/')
  await late.context().close()
})

test('the sign-in page is for everybody', async () => {
  const stranger = await open()
  await appears(stranger.getByLabel('Operator token'))
  await everyLook(stranger, 'sign-in')
  await stranger.context().close()
})

test('the pages ran without an error', () => assert.deepEqual(problems, []))
