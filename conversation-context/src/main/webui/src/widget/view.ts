import type { Chat, Line, State } from './chat'
import { icons } from './icons'
import look from './look.css?inline'

type Attributes = Record<string, string | boolean | ((event: never) => void)>

/** An element. All that comes from people or from the server goes in as text; nothing is ever parsed as HTML. */
function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name, value as EventListener)
    else if (typeof value === 'boolean') made.toggleAttribute(name, value)
    else made.setAttribute(name, value)
  }
  made.append(...children)
  return made
}

function iconButton(icon: keyof typeof icons, className: string, act: () => void): HTMLButtonElement {
  return el('button', { type: 'button', class: className, click: act }, icons[icon]())
}

function name(element: Element, words: string): void {
  element.setAttribute('aria-label', words)
  element.setAttribute('title', words)
}

/** The chat as people see it: a button in the corner and a dialog, in a shadow tree that the page's styles do not reach. */
export class View {
  private readonly host = document.createElement('throughline-chat')
  private readonly launch: HTMLButtonElement
  private readonly panel: HTMLElement
  private readonly title = el('h2', { id: 'title' })
  private readonly log = el('div', { class: 'log', role: 'log', 'aria-live': 'polite', tabindex: '0' })
  private readonly typing = el('p', { class: 'typing', role: 'status' })
  private readonly notice = el('p', { class: 'notice', role: 'status' })
  private readonly callWords = el('span', { role: 'status' })
  private readonly call = el('div', { class: 'call' })
  private readonly input = el('textarea', { rows: '1', maxlength: '4000' })
  private readonly submit = el('button', { type: 'submit', class: 'icon' }, icons.send())
  private readonly talk = iconButton('microphone', 'icon', () => void this.chat?.talk())
  private readonly muted = iconButton('microphone', 'icon', () => this.chat?.mute(!this.shown?.muted))
  private readonly end = iconButton('hangUp', 'icon end', () => void this.chat?.hangUp())
  private readonly contact = iconButton('person', 'icon', () => this.details(this.form.hidden))
  private readonly close = iconButton('close', 'icon', () => this.toggle(false))
  private readonly form: HTMLFormElement
  private readonly formWhy = el('p')
  private readonly nameLabel = el('span')
  private readonly phoneLabel = el('span')
  private readonly save = el('button', { type: 'submit' })
  private readonly formNotice = el('p', { role: 'status' })
  private readonly rows = new Map<string, { row: HTMLElement; line: Line }>()
  private chat?: Chat
  private shown?: State

  constructor(
    private readonly business: string | undefined,
    scheme: string | undefined,
    private readonly chats: (changed: (state: State) => void) => Chat,
  ) {
    this.launch = iconButton('chat', 'launch', () => this.toggle(this.panel.hidden))
    this.launch.setAttribute('aria-haspopup', 'dialog')
    this.form = this.contactForm()
    this.panel = this.dialog()
    if (scheme) this.host.dataset.scheme = scheme
    const root = this.host.attachShadow({ mode: 'open' })
    // A sheet of its own, not a style element: pages with a strict policy allow the one and not the other.
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(look)
    root.adoptedStyleSheets = [sheet]
    root.append(this.panel, this.launch)
    this.toggle(false)
  }

  mount(): void {
    this.chat = this.chats((state) => this.show(state))
    this.show(this.chat.state)
    document.body.append(this.host)
  }

  private dialog(): HTMLElement {
    this.call.append(this.callWords, this.muted, this.end)
    const compose = el('form', { class: 'compose', submit: (event: Event) => this.sent(event) }, this.talk, this.input, this.submit)
    this.input.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
        event.preventDefault()
        compose.requestSubmit()
      }
    })
    return el(
      'section',
      {
        id: 'panel',
        class: 'panel',
        role: 'dialog',
        tabindex: '-1',
        'aria-labelledby': 'title',
        keydown: (event: KeyboardEvent) => {
          if (event.key === 'Escape') this.toggle(false)
        },
      },
      el('header', {}, this.title, this.contact, this.close),
      this.form,
      this.log,
      this.typing,
      this.notice,
      this.call,
      compose,
    )
  }

  private contactForm(): HTMLFormElement {
    const who = el('input', { name: 'name', autocomplete: 'name', maxlength: '120' })
    const phone = el('input', { name: 'phone', type: 'tel', autocomplete: 'tel', maxlength: '40' })
    const submit = async (event: Event) => {
      event.preventDefault()
      const contact = { name: who.value.trim() || undefined, phone: phone.value.trim() || undefined }
      if (!this.chat || !(contact.name || contact.phone)) return
      const phrases = this.shown!.phrases
      const outcome = await this.chat.introduce(contact)
      this.formNotice.textContent = { saved: phrases.saved, wrong: phrases.wrongPhone, failed: phrases.away }[outcome]
    }
    return el(
      'form',
      { class: 'details', hidden: true, submit: (event: Event) => void submit(event) },
      this.formWhy,
      el('label', {}, this.nameLabel, who),
      el('label', {}, this.phoneLabel, phone),
      this.formNotice,
      this.save,
    )
  }

  private details(open: boolean): void {
    this.form.hidden = !open
    this.contact.setAttribute('aria-expanded', String(open))
    this.formNotice.textContent = ''
    if (open) this.form.querySelector('input')!.focus()
  }

  private toggle(open: boolean): void {
    const had = !this.panel.hidden
    this.panel.hidden = !open
    this.host.classList.toggle('open', open)
    this.launch.setAttribute('aria-expanded', String(open))
    if (open) {
      void this.chat?.open()
      this.focus()
      this.log.scrollTop = this.log.scrollHeight
    } else if (had && this.host.isConnected) {
      this.launch.focus()
    }
  }

  /** Where one can write as soon as one can; until then in the dialog. */
  private focus(): void {
    if (this.input.disabled) this.panel.focus()
    else this.input.focus()
  }

  private sent(event: Event): void {
    event.preventDefault()
    const text = this.input.value
    if (!text.trim() || !this.chat || this.input.disabled) return
    this.input.value = ''
    void this.chat.send(text)
  }

  private show(state: State): void {
    this.shown = state
    this.label(state)
    this.lines(state)
    const { phrases, call } = state
    this.typing.hidden = !state.typing
    this.typing.textContent = phrases.typing
    this.notice.hidden = !state.notice
    this.notice.replaceChildren(state.notice ?? '')
    if (state.again) {
      const again = el('button', { type: 'button', click: () => void this.chat?.open() }, phrases.again)
      this.notice.append(' ', again)
    }
    this.call.hidden = !call
    this.callWords.textContent = call ? phrases[call] : ''
    this.talk.hidden = call !== undefined
    // While it is not open, there is nobody to write to.
    for (const one of [this.input, this.talk, this.submit, this.contact]) one.disabled = !state.session
    if (this.host.shadowRoot?.activeElement === this.panel) this.focus()
  }

  private label({ phrases, session, muted }: State): void {
    const business = session?.business ?? this.business ?? location.hostname
    const title = phrases.open.replace('{business}', business)
    this.title.textContent = session?.business ?? this.business ?? title
    this.log.setAttribute('aria-label', title)
    name(this.launch, title)
    name(this.close, phrases.close)
    name(this.submit, phrases.send)
    name(this.talk, phrases.talk)
    name(this.end, phrases.hangUp)
    name(this.contact, phrases.details)
    name(this.muted, muted ? phrases.unmute : phrases.mute)
    this.muted.replaceChildren(muted ? icons.microphoneOff() : icons.microphone())
    this.input.setAttribute('aria-label', phrases.write)
    this.input.placeholder = phrases.write
    this.formWhy.textContent = phrases.detailsWhy
    this.nameLabel.textContent = phrases.name
    this.phoneLabel.textContent = phrases.phone
    this.save.textContent = phrases.save
  }

  /** Only what is new or has changed is made anew, so that a screen reader reads a line once. */
  private lines({ lines, phrases }: State): void {
    const atEnd = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 80
    const wanted = new Set(lines.map(({ id }) => id))
    for (const [id, { row }] of this.rows) {
      if (!wanted.has(id)) {
        row.remove()
        this.rows.delete(id)
      }
    }
    for (const line of lines) {
      const known = this.rows.get(line.id)
      if (known?.line === line) continue
      const row = this.row(line, phrases)
      if (known) known.row.replaceWith(row)
      else this.log.append(row)
      this.rows.set(line.id, { row, line })
    }
    if (atEnd) this.log.scrollTop = this.log.scrollHeight
  }

  private row(line: Line, phrases: State['phrases']): HTMLElement {
    const from = { visitor: phrases.you, agent: phrases.agent, business: phrases.business }[line.from]
    const row = el(
      'div',
      { class: 'line', 'data-from': line.from },
      el('span', { class: 'by' }, line.text ? `${from} · ${phrases.textMessage}` : from),
      el('div', { class: 'words' }, line.words),
    )
    if (line.failed) {
      const again = el('button', { type: 'button', click: () => void this.chat?.repeat(line.id) }, phrases.again)
      row.append(el('p', { class: 'failed' }, `${phrases.notSent} `, again))
    }
    return row
  }
}
