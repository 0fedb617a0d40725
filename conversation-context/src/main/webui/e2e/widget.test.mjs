// The chat on a business' own page, in Chromium against a running stack; see console.test.mjs. The local stack plays the salon's page:
// under the name localhost it is listed, under 127.0.0.1 it is not.
import assert from 'node:assert/strict'
import process from 'node:process'
import { after, before, test } from 'node:test'
import { accessible, api, appears, close, everyLook, launch, NARROW, open, PATIENCE, problems, shot, until, WIDE } from './browser.mjs'

const { ADMIN, TOKEN, BASE_URL = 'http://localhost:8080' } = process.env
const PORT = new URL(BASE_URL).port
const CUSTOMER = '+12025550168'

let key
let tenantId

before(async () => {
  for (const name of ['ADMIN', 'TOKEN']) assert.ok(process.env[name], `${name} must be set`)
  await launch()
  const { tenant } = await api(ADMIN, '/api/session')
  const { settings } = await api(ADMIN, `/api/tenants/${tenant.id}`)
  key = settings.widget.key
  tenantId = tenant.id
})
after(close)

const salon = `http://localhost:${PORT}/widget-demo`
const unlisted = `http://127.0.0.1:${PORT}/widget-demo`

/** The salon's page in a browser of its own, with what its console says and what goes to the provider. */
async function visit(address, options = {}) {
  const page = await open({ path: '/sign-in', ...options })
  const said = []
  const sent = []
  page.on('console', (message) => said.push(message.text()))
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      const frame = JSON.parse(String(payload))
      sent.push(frame.type ?? 'audio')
      if (frame.type === 'contextual_update') said.push(frame.text)
    }),
  )
  await page.goto(`${address}?key=${key}`)
  return { page, said, sent, chat: page.getByRole('dialog', { name: 'Harbour Salon' }) }
}

const launcher = (page) => page.getByRole('button', { name: 'Chat with Harbour Salon' })

test('a visitor writes, the agent answers, a text reaches both, and all of it stands in the console', async () => {
  const { page, said, sent, chat } = await visit(salon)
  await appears(launcher(page))
  assert.equal(await page.evaluate(() => performance.getEntriesByType('resource').filter(({ name }) => name.includes('/parts/')).length), 0)
  await launcher(page).click()
  await appears(chat.getByText('Hello, this is Harbour Salon. How can I help?'))
  const write = chat.getByRole('textbox', { name: 'Write a message' })
  assert.ok(await write.evaluate((box) => box.getRootNode().activeElement === box), 'who opens the chat can write at once')

  const name = `Vera Visitor ${Date.now()}`
  const question = `What are your opening hours? <b>${Date.now()}</b>`
  await write.fill(question)
  await page.keyboard.press('Enter')
  await appears(chat.getByText(question, { exact: true }))
  const answers = chat.locator('[data-from=agent]')
  await until(async () => (await answers.count()) >= 2, 'the agent answers')
  assert.equal(await chat.locator('b').count(), 0, 'what is written is text')

  await chat.getByRole('button', { name: 'Your details' }).click()
  await chat.getByRole('textbox', { name: 'Name' }).fill(name)
  await chat.getByRole('textbox', { name: 'Phone number' }).fill('(202) 555-0168')
  await chat.getByRole('button', { name: 'Save' }).click()
  await appears(chat.getByText('Thank you, noted.'))
  await chat.getByRole('button', { name: 'Your details' }).click()

  const lead = await until(
    async () => (await api(TOKEN, '/api/leads?query=Vera')).leads.find((lead) => lead.name === name && lead.phone === CUSTOMER),
    'the visitor is a lead with a name and a number',
  )
  const text = `Your chair is free at five. ${Date.now()}`
  await api(TOKEN, '/api/twilio/send-sms', { tenantId, leadId: lead.leadId, body: text })
  await appears(chat.getByText(text, { exact: true }))
  await until(() => said.some((line) => line.includes(text)), 'the agent is told of the text')
  assert.ok(sent.includes('contextual_update'))
  assert.ok(!sent.includes('audio'), 'no microphone for who writes')

  const { entries } = await until(async () => {
    const timeline = await api(TOKEN, `/api/leads/${lead.leadId}/timeline`)
    return timeline.entries.filter(({ channel }) => channel === 'CHAT').length >= 2 && timeline
  }, 'the turns are kept')
  assert.ok(entries.some((entry) => entry.text === question && entry.speaker === 'CUSTOMER'))
  const desk = await open({ token: TOKEN, path: `/leads/${lead.leadId}` })
  await appears(desk.getByRole('log', { name: 'Conversation' }).getByText(question, { exact: true }))
  await appears(desk.getByRole('log', { name: 'Conversation' }).getByText(text, { exact: true }))
  await shot(desk, 'chat-in-console-wide-light')
  await desk.context().close()

  for (const [viewport, width] of [[WIDE, 'wide'], [NARROW, 'narrow']]) {
    await page.setViewportSize(viewport)
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme })
      await accessible(page, `the chat, ${width}, ${colorScheme}`)
      await shot(page, `chat-${width}-${colorScheme}`)
    }
  }
  await page.setViewportSize(WIDE)

  // Who comes back, in another tab, finds what was said; Escape closes and gives the focus back.
  const again = await page.context().newPage()
  await again.goto(`${salon}?key=${key}`)
  await launcher(again).click()
  await appears(again.getByRole('dialog').getByText(question, { exact: true }))
  await again.keyboard.press('Escape')
  await again.getByRole('dialog').waitFor({ state: 'hidden', ...PATIENCE })
  assert.equal(await again.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.className), 'launch')
  await page.context().close()
})

test('a visitor talks, and only then is the microphone asked for', async () => {
  const { page, sent, chat } = await visit(salon)
  await page.context().grantPermissions(['microphone'], { origin: new URL(salon).origin })
  await launcher(page).click()
  await chat.getByRole('button', { name: 'Talk instead of writing' }).click()
  await appears(chat.getByText(/^(Listening|Speaking)$/))
  await until(() => sent.includes('audio'), 'the visitor is heard')
  await chat.getByRole('button', { name: 'Mute the microphone' }).click()
  await appears(chat.getByRole('button', { name: 'Unmute the microphone' }))
  await accessible(page, 'a call on the page')
  await shot(page, 'chat-call-wide-light')
  await chat.getByRole('button', { name: 'Hang up' }).click()
  await appears(chat.getByRole('button', { name: 'Talk instead of writing' }))
  await page.context().close()
})

test('on a page that is not listed nothing opens, and the page’s console says why', async () => {
  const { page, said, sent, chat } = await visit(unlisted)
  await launcher(page).click()
  await appears(chat.getByText('The chat is not available on this page.'))
  assert.ok(
    said.some((line) => line.includes(`could not be opened from http://127.0.0.1:${PORT}`) && line.includes('Settings')),
    said.join('\n'),
  )
  assert.ok(await chat.getByRole('textbox', { name: 'Write a message' }).isDisabled())
  assert.deepEqual(sent, [])
  await page.context().close()
})

test('a line that breaks is told, and what was not sent can be sent again', async () => {
  const { page, chat } = await visit(salon)
  await launcher(page).click()
  await appears(chat.getByText('How can I help?', { exact: false }))
  await page.context().setOffline(true)
  const write = chat.getByRole('textbox', { name: 'Write a message' })
  await write.fill('Are you there?')
  await page.keyboard.press('Enter')
  await appears(chat.getByText('Not sent.'))
  await page.context().setOffline(false)
  await chat.getByRole('button', { name: 'Try again' }).click()
  await chat.getByText('Not sent.').waitFor({ state: 'hidden', ...PATIENCE })
  await until(async () => (await chat.locator('[data-from=agent]').count()) >= 2, 'the agent answers')
  await page.context().close()
})

test('an admin lists a site and copies the tag', async () => {
  const page = await open({ token: ADMIN, path: '/settings/chat' })
  await appears(page.getByLabel('Script tag').getByText(key, { exact: false }))
  await page.getByRole('button', { name: 'Add a site' }).click()
  await page.getByRole('textbox', { name: 'Site 2' }).fill('http://salon.example/chat')
  await page.getByRole('button', { name: 'Save' }).click()
  await appears(page.getByText('must be the address of a site', { exact: false }))
  await accessible(page, 'the chat’s settings with a mistake')
  await page.getByRole('textbox', { name: 'Site 2' }).fill('https://www.salon.example')
  await page.getByRole('button', { name: 'Save' }).click()
  await appears(page.getByText('Saved.', { exact: false }))
  const kept = async () => (await api(ADMIN, `/api/tenants/${tenantId}`)).settings.widget.origins.join(' ')
  const salons = `http://localhost:${PORT}`
  assert.equal(await kept(), `${salons} https://www.salon.example`)
  await everyLook(page, 'settings-chat')
  await page.getByRole('button', { name: 'Remove site 2' }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await until(async () => (await kept()) === salons, 'only the salon’s page is listed')
  await page.context().close()
})

test('the pages ran without an error', () => assert.deepEqual(problems, []))
