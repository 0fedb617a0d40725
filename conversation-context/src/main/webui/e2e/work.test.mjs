// What operators and admins do beside talking: calls, rooms, hand-overs, bookings, links and what is kept in the settings, in Chromium against
// a running stack; see console.test.mjs.
import assert from 'node:assert/strict'
import process from 'node:process'
import { after, before, test } from 'node:test'
import { accessible, api, appears, close, customer, everyLook, launch, open, PATIENCE, problems, shot, until } from './browser.mjs'

const { ADMIN, TOKEN, LEAD } = process.env

before(async () => {
  for (const name of ['ADMIN', 'TOKEN', 'LEAD', 'TWILIO_URL']) assert.ok(process.env[name], `${name} must be set`)
  await launch()
})
after(close)

const gone = (locator) => locator.first().waitFor({ state: 'hidden', ...PATIENCE })

/** The lead of a number that has just texted. */
async function texter(number, words) {
  await customer.texts(number, words)
  return until(
    async () => (await api(TOKEN, `/api/leads?query=${encodeURIComponent(number)}`)).leads.find(({ phone }) => phone === number),
    `${number} is a lead`,
  )
}

/** The live calls of a lead. */
const calls = async (leadId) => (await api(TOKEN, '/api/twilio/calls?live=true&limit=200')).calls.filter((call) => call.leadId === leadId)

async function hangUpAll(leadId) {
  for (const { callSid } of await calls(leadId)) await customer.hangsUp(callSid).catch(() => undefined)
  await until(async () => (await calls(leadId)).length === 0, 'the call is over')
}

test('a customer is called by the agent, with a question', async () => {
  const { leadId } = await texter('+12025550171', 'Can you call me?')
  const page = await open({ token: TOKEN, path: `/leads/${leadId}` })
  await page.getByRole('button', { name: 'Call', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: /called/ })
  const question = `Are you still coming on Monday? ${Date.now()}`
  await dialog.getByRole('textbox', { name: 'Question 1' }).fill(question)
  await accessible(page, 'a call to be made')
  await shot(page, 'call-now-wide-light')
  await dialog.getByRole('button', { name: 'Call now' }).click()
  await appears(page.getByText('The agent calls', { exact: false }))
  await gone(dialog)
  await appears(page.getByRole('log', { name: 'Conversation' }).getByText(question, { exact: false }))
  await hangUpAll(leadId)
  await page.context().close()
})

test('a customer is called into a room', async () => {
  const { leadId } = await texter('+12025550172', 'May I speak with somebody?')
  const page = await open({ token: TOKEN, path: `/leads/${leadId}` })
  await page.getByRole('button', { name: 'More calls' }).click()
  await page.getByRole('menuitem', { name: 'Talk with the customer yourself' }).click()
  const dialog = page.getByRole('dialog', { name: /Talk with/ })
  const started = page.waitForResponse((response) => response.url().endsWith('/api/twilio/start-conference'), PATIENCE)
  await dialog.getByRole('switch', { name: 'The agent joins too' }).press('Space')
  await dialog.getByRole('button', { name: 'Start the call' }).click()
  const { data } = await (await started).json()
  const bar = page.getByRole('region', { name: 'Your call' })
  await appears(bar.getByRole('list', { name: 'In the call' }).getByText(/^Phone/))
  await bar.getByRole('button', { name: 'Add a phone' }).click()
  await appears(page.getByRole('textbox', { name: 'Number' }))
  await accessible(page, 'a room')
  await shot(page, 'room-wide-light')
  await page.keyboard.press('Escape')
  const ended = await fetch(new URL(`/api/twilio/conferences/${data.room}`, page.url()), {
    method: 'DELETE',
    headers: { Authorization: `Bearer ${TOKEN}` },
  })
  assert.ok(ended.ok, `the room is ended: ${ended.status}`)
  await gone(bar)
  await hangUpAll(leadId)
  await page.context().close()
})

test('a person is rung for a live call', async () => {
  const call = await customer.calls('+12025550173', [{ wait: 'stream' }, { pause: 60_000 }])
  const page = await open({ token: TOKEN })
  await page.getByRole('region', { name: 'On the phone' }).getByRole('link', { name: '(202) 555-0173' }).click()
  const strip = page.getByRole('region', { name: 'Live call' })
  const handOver = strip.getByRole('button', { name: 'Hand over' })
  await page.waitForFunction(
    () => [...document.querySelectorAll('button')].some((one) => one.textContent === 'Hand over' && !one.ariaDisabled),
    undefined,
    PATIENCE,
  )
  await handOver.click()
  const dialog = page.getByRole('dialog', { name: 'Hand the call to a person' })
  await dialog.getByLabel('What it is about').fill('A colouring that went wrong.')
  await dialog.getByRole('button', { name: 'Ring' }).click()
  await appears(page.getByText(/is being rung/))
  await appears(page.getByRole('log', { name: 'Conversation' }).getByText(/Maria/))
  await customer.hangsUp(call.callSid)
  await page.context().close()
})

test('two leads are one person, and are not', async () => {
  const words = `I am on my other phone. ${Date.now()}`
  const one = await texter('+12025550174', 'Hello from here')
  await texter('+12025550175', words)
  const page = await open({ token: TOKEN, path: `/leads/${one.leadId}` })
  const about = page.getByRole('complementary', { name: 'About the customer' })
  await about.getByRole('button', { name: 'Is the same person as…' }).click()
  const dialog = page.getByRole('dialog', { name: 'The same person' })
  await dialog.getByRole('textbox', { name: 'Search names, numbers, words' }).fill('+12025550175')
  await dialog.getByRole('radio', { name: /555-0175/ }).check()
  await accessible(page, 'a link to be made')
  await shot(page, 'link-wide-light')
  await dialog.getByRole('button', { name: 'Link' }).click()
  const log = page.getByRole('log', { name: 'Conversation' })
  await appears(log.getByText(words, { exact: true }))
  await appears(about.getByRole('link', { name: /555-0175/ }))
  await everyLook(page, 'lead-linked')
  await about.getByRole('button', { name: /is somebody else$/ }).click()
  await gone(log.getByText(words, { exact: true }))
  await page.context().close()
})

test('a free place in the book is taken', async () => {
  const { appointments } = await api(TOKEN, `/api/leads/${LEAD}`)
  const { startTime } = await api(TOKEN, `/api/appointments/${appointments[0].id}`)
  const page = await open({ token: TOKEN, path: `/calendar?day=${startTime.slice(0, 10)}` })
  await page.getByRole('button', { name: / Jo .*10:00:00 - 11:00:00/ }).click()
  const dialog = page.getByRole('dialog', { name: 'New visit' })
  await dialog.getByRole('combobox', { name: 'Service' }).click()
  await page.getByRole('option', { name: /Haircut/ }).click()
  await dialog.getByRole('textbox', { name: 'Customer' }).fill('Frida Book')
  await accessible(page, 'a visit to be booked')
  await shot(page, 'book-wide-light')
  const booked = page.waitForResponse(
    (response) => response.url().endsWith('/api/appointments') && response.request().method() === 'POST',
    PATIENCE,
  )
  await dialog.getByRole('button', { name: 'Book', exact: true }).click()
  const { id } = await (await booked).json()
  await appears(page.getByRole('button', { name: /Frida Book/ }))
  await api(TOKEN, `/api/appointments/${id}/cancel`, {})
  await page.context().close()
})

test('hours, people and rules are kept', async () => {
  const { tenant } = await api(ADMIN, '/api/session')
  const kept = async () => (await api(ADMIN, `/api/tenants/${tenant.id}`)).settings
  const page = await open({ token: ADMIN, path: '/settings/hours' })
  const save = () => page.getByRole('button', { name: 'Save' }).click()

  await page.getByLabel('Monday, to').fill('18:30')
  await save()
  await until(async () => (await kept()).businessHours.monday.close === '18:30', 'Monday is longer')
  await page.getByLabel('Monday, to').fill('17:00')
  await save()
  await until(async () => (await kept()).businessHours.monday.close === '17:00', 'Monday is as it was')

  await page.getByRole('link', { name: 'People' }).click()
  await page.getByRole('button', { name: 'Add a person' }).click()
  const form = page.getByRole('dialog')
  await form.getByRole('textbox', { name: 'Name' }).fill('Tess Trial')
  await form.getByRole('switch', { name: 'The business’ hours' }).press('Space')
  await appears(form.getByLabel('Monday, from'))
  await accessible(page, 'a new person')
  await shot(page, 'person-wide-light')
  await form.getByRole('button', { name: 'Save' }).click()
  await appears(page.getByText('hours of their own', { exact: false }))
  await page.getByRole('button', { name: 'Remove Tess Trial' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('button', { name: 'Remove Tess Trial' }).waitFor({ state: 'detached', ...PATIENCE })

  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Follow-ups' }).click()
  const text = page.getByRole('group', { name: 'A call without a booking' }).getByLabel('What it says')
  const had = await text.inputValue()
  await text.fill('Shall we find a time, {name|friend}?')
  await save()
  await until(async () => (await kept()).followUps.callWithoutBooking.text === 'Shall we find a time, {name|friend}?', 'the rule is kept')
  await text.fill(had)
  await save()
  await until(async () => (await kept()).followUps.callWithoutBooking.text === had, 'the rule is as it was')
  await page.context().close()
})

test('a chair and an add-on are kept', async () => {
  const page = await open({ token: ADMIN, path: '/settings/services' })
  const { tenant } = await api(ADMIN, '/api/session')
  await page.getByRole('button', { name: 'Change Haircut' }).click()
  const form = page.getByRole('dialog')
  await form.getByRole('button', { name: 'Add an add-on' }).click()
  await form.getByRole('textbox', { name: 'Add-on' }).fill('Head massage')
  await form.getByRole('textbox', { name: 'More minutes' }).fill('10')
  await form.getByRole('textbox', { name: 'More price' }).fill('15')
  await accessible(page, 'an add-on')
  await shot(page, 'add-on-wide-light')
  await form.getByRole('button', { name: 'Save' }).click()
  await appears(page.getByText('1 add-ons', { exact: false }))
  const services = await api(ADMIN, `/api/tenants/${tenant.id}/services`)
  assert.equal(services.find(({ name }) => name === 'Haircut').addOns[0].name, 'Head massage')
  await page.getByRole('button', { name: 'Change Haircut' }).click()
  await form.getByRole('button', { name: 'Remove Head massage' }).click()
  await form.getByRole('button', { name: 'Save' }).click()
  await gone(page.getByText('1 add-ons', { exact: false }))

  // For a service of its own, so that the other tests' visits need no chair.
  await page.getByRole('link', { name: 'Chairs and rooms' }).click()
  await page.getByRole('button', { name: 'Add a chair' }).click()
  await form.getByRole('textbox', { name: 'Name' }).fill('Window chair')
  await accessible(page, 'a chair')
  await form.getByRole('button', { name: 'Save' }).click()
  await appears(page.getByText('Window chair'))
  await page.getByRole('button', { name: 'Remove Window chair' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('button', { name: 'Remove Window chair' }).waitFor({ state: 'detached', ...PATIENCE })
  await everyLook(page, 'settings-chairs')
  await page.context().close()
})

test('what the providers lack is set up', async () => {
  const { tenant } = await api(ADMIN, '/api/session')
  const change = (patch) =>
    fetch(new URL(`/api/tenants/${tenant.id}`, process.env.BASE_URL), {
      method: 'PATCH',
      headers: { Authorization: `Bearer ${ADMIN}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(patch),
    })
  assert.ok((await change({ settings: { elevenLabsOverrides: ['tts.speed'] } })).ok)
  const page = await open({ token: ADMIN, path: '/settings/provisioning' })
  const apply = page.getByRole('button', { name: /^Do (this step|these \d+ steps)$/ })
  await appears(apply)
  await shot(page, 'provisioning-open-wide-light')
  await apply.click()
  await appears(page.getByText('Everything is set up.'))
  await appears(page.getByRole('button', { name: 'Nothing to do' }))
  assert.ok((await change({ settings: { elevenLabsOverrides: null } })).ok)
  await page.context().close()
})

test('all follow-ups of the business are in one place, and one is cancelled there', async () => {
  const words = `See you soon. ${Date.now()}`
  await api(TOKEN, `/api/leads/${LEAD}/follow-ups`, { channel: 'TEXT', at: new Date(Date.now() + 86_400_000).toISOString(), text: words })
  const page = await open({ token: TOKEN, path: '/follow-ups' })
  const row = page.getByRole('listitem').filter({ hasText: words })
  await appears(row)
  await everyLook(page, 'follow-ups')
  await row.getByRole('button', { name: /^Cancel it/ }).click()
  await gone(row)
  await page.getByText('Over', { exact: true }).click()
  await appears(row.getByText('cancelled', { exact: false }))
  await row.getByRole('link').click()
  await appears(page.getByRole('log', { name: 'Conversation' }))
  assert.equal(new URL(page.url()).pathname, `/leads/${LEAD}`)
  await page.context().close()
})

test('the pages ran without an error', () => assert.deepEqual(problems, []))
