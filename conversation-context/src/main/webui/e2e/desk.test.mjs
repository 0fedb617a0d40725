// The calendar, the settings, and an ear on a live call, in Chromium against a running stack; see console.test.mjs. ADMIN is the token of the
// business' admin, LEAD has an appointment ahead.
import assert from 'node:assert/strict'
import process from 'node:process'
import { after, before, test } from 'node:test'
import { accessible, api, appears, close, customer, everyLook, launch, open, PATIENCE, problems, shot } from './browser.mjs'

const { ADMIN, BASE_URL, INSTALLATION, TOKEN, VIEWER, LEAD } = process.env

before(async () => {
  for (const name of ['ADMIN', 'BASE_URL', 'INSTALLATION', 'TOKEN', 'VIEWER', 'LEAD', 'TWILIO_URL']) assert.ok(process.env[name], `${name} must be set`)
  await launch()
})
after(close)

/** A promise that somebody else keeps. */
function deferred() {
  let resolve
  const promise = new Promise((keep) => (resolve = keep))
  return { promise, resolve }
}

/** A visit booked by the API. */
async function booked(day, time, name, staffId, serviceId) {
  return api(TOKEN, '/api/appointments', { serviceId, staffId, start: `${day}T${time}`, customerName: name })
}

test('a visit that is dragged onto another stays, and goes where there is room', async () => {
  const { tenant } = await api(TOKEN, '/api/session')
  const [haircut] = (await api(TOKEN, `/api/tenants/${tenant.id}/services`)).filter(({ name }) => name === 'Haircut')
  const staff = await api(TOKEN, `/api/tenants/${tenant.id}/staff`)
  const maria = staff.find(({ name }) => name === 'Maria')
  const { appointments } = await api(TOKEN, `/api/leads/${LEAD}`)
  // The day of the customer's visit is one on which the salon is open; its offset holds for the whole day.
  const { startTime } = await api(TOKEN, `/api/appointments/${appointments[0].id}`)
  const day = startTime.slice(0, 10)
  const offset = startTime.slice(-6)
  const dora = await booked(day, `14:00:00${offset}`, 'Dora Klein', maria.id, haircut.id)
  const emil = await booked(day, `16:00:00${offset}`, 'Emil Novak', maria.id, haircut.id)

  const page = await open({ token: TOKEN, path: `/calendar?day=${day}` })
  const visit = (name) => page.getByRole('button', { name: new RegExp(name) })
  await appears(visit('Dora Klein'))
  await everyLook(page, 'calendar')
  await page.getByRole('tab', { name: 'Switch to week view' }).click()
  await appears(visit('Dora Klein'))
  await shot(page, 'calendar-week-wide-light')
  await page.getByRole('tab', { name: 'Switch to day view' }).click()

  const from = await visit('Dora Klein').boundingBox()
  const to = await visit('Emil Novak').boundingBox()
  await page.mouse.move(from.x + 8, from.y + from.height / 2)
  await page.mouse.down()
  await page.mouse.move(to.x + 4, to.y + to.height / 2, { steps: 8 })
  await page.mouse.move(to.x + 8, to.y + to.height / 2, { steps: 4 })
  await page.mouse.up()
  const refused = page.getByRole('dialog', { name: /Dora Klein stays/ })
  await appears(refused.getByRole('alert'))
  const free = refused.getByRole('group', { name: 'Free instead' }).getByRole('button')
  await accessible(page, 'a visit that was refused')
  await shot(page, 'calendar-refused-wide-light')
  await free.first().click()
  await refused.waitFor({ state: 'hidden', ...PATIENCE })
  const moved = await api(TOKEN, `/api/appointments/${dora.id}`)
  assert.notEqual(moved.startTime, dora.startTime, 'the visit was moved to what was free')

  await visit('Emil Novak').click()
  const dialog = page.getByRole('dialog', { name: 'Emil Novak' })
  await appears(dialog.getByRole('link', { name: 'Open the conversation' }))
  await accessible(page, 'a visit')
  await dialog.getByRole('button', { name: 'Cancel it' }).click()
  await visit('Emil Novak').waitFor({ state: 'hidden', ...PATIENCE })
  assert.equal((await api(TOKEN, `/api/appointments/${emil.id}`)).status, 'cancelled')
  await api(TOKEN, `/api/appointments/${dora.id}/cancel`, {})
  await page.context().close()
})

test('a viewer cannot move a visit', async () => {
  const { appointments } = await api(TOKEN, `/api/leads/${LEAD}`)
  const { startTime, customerName } = await api(TOKEN, `/api/appointments/${appointments[0].id}`)
  const page = await open({ token: VIEWER, path: `/calendar?day=${startTime.slice(0, 10)}` })
  const visit = page.getByRole('button', { name: new RegExp(customerName) })
  await appears(visit)
  assert.notEqual(await visit.getAttribute('draggable'), 'true')
  await visit.click()
  const move = page.getByRole('dialog').getByRole('button', { name: 'Move', exact: true })
  await appears(move)
  assert.equal(await move.getAttribute('aria-disabled'), 'true')
  await page.context().close()
})

test('an admin changes the business, and an operator is told that it is an admin’s', async () => {
  const page = await open({ token: ADMIN, path: '/settings' })
  const tone = page.getByLabel('Tone')
  await appears(tone)
  const words = `warm, to the point, ${Date.now()}`
  await tone.fill(words)
  await page.getByRole('button', { name: 'Save' }).click()
  await appears(page.getByText('Saved.', { exact: false }))
  const { tenant } = await api(ADMIN, '/api/session')
  assert.equal((await api(ADMIN, `/api/tenants/${tenant.id}`)).settings.aiTone, words)
  await everyLook(page, 'settings')

  const operators = await open({ token: TOKEN, path: '/settings' })
  await appears(operators.getByLabel('Tone'))
  assert.ok(await operators.getByLabel('Tone').isDisabled())
  assert.equal(await operators.getByRole('button', { name: 'Save' }).getAttribute('aria-disabled'), 'true')
  await operators.context().close()
  await page.context().close()
})

test('hours, services, people and holidays are kept', async () => {
  const page = await open({ token: ADMIN, path: '/settings/hours' })
  await appears(page.getByLabel('Monday, from'))
  await accessible(page, 'hours')
  await page.getByRole('link', { name: 'Services' }).click()
  await appears(page.getByText('Haircut'))
  await page.getByRole('button', { name: 'Add a service' }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel('Name').fill('Beard trim')
  await accessible(page, 'a new service')
  await form.getByRole('button', { name: 'Save' }).click()
  await appears(page.getByText('Beard trim'))
  await page.getByRole('button', { name: 'Remove Beard trim' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('button', { name: 'Remove Beard trim' }).waitFor({ state: 'detached', ...PATIENCE })
  await page.getByRole('link', { name: 'People' }).click()
  await appears(page.getByText('Maria'))
  await page.getByRole('link', { name: 'Holidays' }).click()
  await page.getByRole('button', { name: 'Add a holiday' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('Summer party')
  await page.getByRole('dialog').getByLabel('From').fill('2027-07-02')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await appears(page.getByText('2027-07-02 to', { exact: false }))
  await page.getByRole('button', { name: 'Remove Summer party' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await appears(page.getByText('No days are closed besides the week’s own.'))
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Follow-ups' }).click()
  await appears(page.getByText('A call nobody spoke with'))
  await accessible(page, 'follow-ups')
  await page.context().close()
})

test('what the providers need, and whether all is well, is seen before anything is done', async () => {
  const page = await open({ token: ADMIN, path: '/settings/provisioning' })
  await appears(page.getByRole('main').getByRole('listitem'))
  await appears(page.getByText('ElevenLabs'))
  await accessible(page, 'provisioning')
  await shot(page, 'provisioning-wide-light')
  await page.getByRole('link', { name: 'Doctor' }).click()
  await appears(page.getByRole('main').getByRole('listitem'))
  await accessible(page, 'doctor')
  await shot(page, 'doctor-wide-light')
  const operators = await open({ token: TOKEN, path: '/settings/doctor' })
  await appears(operators.getByText('settings are an admin’s', { exact: false }))
  await operators.context().close()
  await page.context().close()
})

test('who runs the installation sees why a webhook was refused', async () => {
  const refused = await fetch(`${BASE_URL}/api/webhooks/twilio/sms/incoming?tenant=1`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'X-Twilio-Signature': 'bm90IGl0' },
    body: new URLSearchParams({ Body: 'words nobody may see' }),
  })
  assert.equal(refused.status, 403)
  const page = await open({ token: INSTALLATION })
  await appears(page.getByText('Twilio → sms-service').first())
  await appears(page.getByText('TWILIO_AUTH_TOKEN', { exact: false }).first())
  assert.ok(!(await page.content()).includes('words nobody may see'))
  await everyLook(page, 'refused')
  const admins = await open({ token: ADMIN })
  assert.equal(await admins.evaluate(async () => (await fetch('/api/check/sms-service/rejections')).status), 403)
  await admins.context().close()
  await page.context().close()
})

test('a text for later is planned, and taken back', async () => {
  const looked = deferred()
  const planned = deferred()
  let posted = false
  const page = await open({
    token: TOKEN,
    path: `/leads/${LEAD}`,
    routes: {
      '**/api/leads/*/follow-ups': async (route) => {
        const planning = route.request().method() === 'POST'
        posted ||= planning
        const response = await route.fetch()
        // The conversation tells of the plan, and it is asked for, before the request is answered, as it happens now and then.
        if (planning) await planned.promise
        else if (posted) planned.resolve()
        else await looked.promise
        await route.fulfill({ response })
      },
    },
  })
  const about = page.getByRole('complementary', { name: 'About the customer' })
  await appears(about.getByRole('heading', { name: 'Follow-ups' }))
  assert.equal(await about.getByText('None planned.').count(), 0, 'nothing is known before the answer')
  looked.resolve()
  await page.getByRole('button', { name: 'Text or call later' }).click()
  const dialog = page.getByRole('dialog', { name: 'Text or call later' })
  await dialog.getByLabel('What it says').fill('How was your visit, {name|there}?')
  await accessible(page, 'a text for later')
  await dialog.getByRole('button', { name: 'Plan it' }).click()
  await appears(about.getByText('How was your visit', { exact: false }))
  await about.getByRole('button', { name: 'Cancel it' }).first().click()
  await appears(about.getByText('A text, cancelled', { exact: false }))
  await page.context().close()
})

test('an operator hears a live call, and stops', async () => {
  // Asks again and again, so that both speak whenever somebody begins to listen.
  const asks = Array.from({ length: 10 }, () => [{ pause: 4_000 }, { say: 'yes-what-times' }]).flat()
  const call = await customer.calls('+12025550165', [{ wait: 'stream' }, ...asks, { pause: 20_000 }])
  const page = await open({ token: TOKEN })
  await page.getByRole('region', { name: 'On the phone' }).getByRole('link', { name: '(202) 555-0165' }).click()
  await page.evaluate(() => {
    // What reaches the ear is counted where it comes in.
    globalThis.heard = [0, 0]
    const Original = globalThis.WebSocket
    globalThis.WebSocket = class extends Original {
      constructor(...where) {
        super(...where)
        this.addEventListener('message', ({ data }) => {
          if (data instanceof ArrayBuffer) globalThis.heard[new Uint8Array(data)[0]] += data.byteLength - 1
        })
      }
    }
  })
  const strip = page.getByRole('region', { name: 'Live call' })
  const listen = strip.getByRole('button', { name: 'Listen in' })
  await page.waitForFunction(
    () => [...document.querySelectorAll('button')].some((one) => one.textContent === 'Listen in' && !one.ariaDisabled),
    undefined,
    PATIENCE,
  )
  await listen.click()
  await appears(strip.getByText('Listening', { exact: true }))
  await page.waitForFunction(() => globalThis.heard[0] > 800 && globalThis.heard[1] > 800, undefined, PATIENCE)
  await accessible(page, 'listening in')
  await shot(page, 'listening-wide-light')
  await strip.getByRole('button', { name: 'Stop listening' }).click()
  await appears(listen)
  await customer.hangsUp(call.callSid)
  await page.context().close()
})

test('the pages ran without an error', () => assert.deepEqual(problems, []))
