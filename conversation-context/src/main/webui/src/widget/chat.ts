import { Api, Refused, type Message, type Session, type Words } from './api'
import { converse, type Live } from './agent'
import { Keeper } from './keeper'
import { follow } from './stream'
import { phrases, type Phrases } from './words'

/** One line of the chat as it is shown. */
export interface Line {
  id: string
  from: 'visitor' | 'agent' | 'business'
  /** Came or went as a text message. */
  text?: boolean
  words: string
  failed?: boolean
}

export interface State {
  session?: Session
  lines: Line[]
  /** What is in the way, in the visitor's words. */
  notice?: string
  /** Whether the notice has a cure by trying again. */
  again?: boolean
  typing: boolean
  call?: 'connecting' | 'listening' | 'speaking'
  muted: boolean
  phrases: Phrases
}

const MOST_LINES = 300
const PATIENCE_MILLIS = 30_000

/** A visitor's chat, without its looks: what was said, and the conversation with the agent when there is one. */
export class Chat {
  state: State = { lines: [], typing: false, muted: false, phrases: phrases(document.documentElement.lang || 'en') }
  private readonly keeper: Keeper
  private live?: Live
  private beginning?: Promise<Live>
  private stop?: () => void
  private patience?: ReturnType<typeof setTimeout>

  constructor(
    private readonly api: Api,
    private readonly changed: (state: State) => void,
    private readonly complain: (why: string) => void,
  ) {
    this.keeper = new Keeper(api, (messages) => this.mark(messages, true))
  }

  private set(change: Partial<State>): void {
    this.state = { ...this.state, ...change }
    this.changed(this.state)
  }

  /** Begins to listen; the agent is not woken before somebody says something. */
  async open(): Promise<void> {
    if (this.state.session) return
    try {
      const session = await this.api.open()
      const own = phrases(session.language)
      const greeting: Line = { id: 'greeting', from: 'agent', words: session.greeting }
      this.set({ session, phrases: own, notice: undefined, again: false, lines: [greeting] })
      this.stop ??= follow(
        this.api,
        (words) => this.told(words),
        (good) => {
          if (good && this.state.notice === own.lost) this.set({ notice: undefined })
          if (!good && !this.state.notice) this.set({ notice: own.lost, again: false })
        },
      )
    } catch (failure) {
      this.refused(failure)
    }
  }

  /** What was written with the lead, here, in another window or by text. */
  private told(words: Words): void {
    this.add({
      id: words.id,
      from: words.speaker === 'CUSTOMER' ? 'visitor' : words.speaker === 'AGENT' ? 'agent' : 'business',
      text: words.kind === 'text',
      words: words.text,
    })
    const live = this.live
    if (live && words.kind === 'text' && Date.parse(words.time) >= live.begunAt) {
      const who = words.speaker === 'CUSTOMER' ? 'The customer has just sent' : 'The customer has just been sent'
      live.inform(`${who} a text message: "${words.text}"`)
    }
  }

  /** Adds a line; one that is there already stays where it is, and is known to have arrived. */
  private add(line: Line): void {
    const known = this.state.lines.some(({ id }) => id === line.id)
    const lines = known
      ? this.state.lines.map((had) => (had.id === line.id ? { ...had, failed: false } : had))
      : [...this.state.lines, line].slice(-MOST_LINES)
    this.set({ lines })
  }

  private mark(messages: Message[], failed: boolean): void {
    const ids = new Set(messages.map(({ id }) => id))
    this.set({ lines: this.state.lines.map((line) => (ids.has(line.id) ? { ...line, failed } : line)) })
  }

  /** The visitor says something. */
  async send(text: string): Promise<void> {
    const words = text.trim()
    if (!words) return
    const message: Message = { id: crypto.randomUUID(), speaker: 'CUSTOMER', text: words }
    this.add({ id: message.id, from: 'visitor', words })
    await this.ask(message)
  }

  /** Says again what did not get through. */
  async repeat(id: string): Promise<void> {
    const line = this.state.lines.find((one) => one.id === id)
    if (!line) return
    this.mark([{ id, speaker: 'CUSTOMER', text: '' }], false)
    await this.ask({ id, speaker: 'CUSTOMER', text: line.words })
  }

  private async ask(message: Message): Promise<void> {
    this.set({ notice: undefined, again: false, typing: !this.live?.voice })
    try {
      const live = this.live ?? (await this.begin('text'))
      this.keeper.keep({ ...message, conversationId: live.conversationId })
      live.write(message.text)
      this.wait()
    } catch (failure) {
      this.mark([message], true)
      this.refused(failure)
    }
  }

  /** An answer that does not come is said to be missing. */
  private wait(): void {
    clearTimeout(this.patience)
    this.patience = setTimeout(() => {
      if (this.state.typing) this.set({ typing: false, notice: this.state.phrases.away, again: false })
    }, PATIENCE_MILLIS)
  }

  private begin(medium: 'text' | 'voice'): Promise<Live> {
    this.beginning ??= this.begun(medium).finally(() => (this.beginning = undefined))
    return this.beginning
  }

  private async begun(medium: 'text' | 'voice'): Promise<Live> {
    const begun = await this.api.begin(medium)
    let last: string | undefined
    const live = await converse(begun, {
      said: (speaker, text) => {
        if (!text.trim()) return
        last = crypto.randomUUID()
        this.heard({ id: last, speaker, text, conversationId: begun.conversationId })
      },
      corrected: (heard) => {
        const { lines } = this.state
        // Cut off before the first word was heard, it was not said.
        const kept = heard.trim() ? lines : lines.filter(({ id }) => id !== last)
        this.set({ lines: kept.map((line) => (line.id === last ? { ...line, words: heard } : line)) })
      },
      mode: (mode) => {
        if (this.state.call) this.set({ call: mode })
      },
      ended: (wanted) => this.ended(wanted),
    })
    this.live = live
    return live
  }

  private heard(message: Message): void {
    const { greeting } = this.state.session ?? {}
    // An agent that greets says once more what stands there already.
    const repeated = message.text === greeting && this.state.lines.at(0)?.id === 'greeting'
    if (!repeated) {
      clearTimeout(this.patience)
      this.set({ typing: false })
      this.add({ id: message.id, from: message.speaker === 'AGENT' ? 'agent' : 'visitor', words: message.text })
    }
    this.keeper.keep(message)
  }

  private ended(wanted: boolean): void {
    const called = this.state.call !== undefined
    const unanswered = this.state.typing
    this.live = undefined
    clearTimeout(this.patience)
    this.set({
      call: undefined,
      muted: false,
      typing: false,
      // A written conversation rests after a while; the next word begins another, which knows what was said.
      notice: called ? this.state.phrases.callOver : unanswered && !wanted ? this.state.phrases.away : this.state.notice,
      again: false,
    })
  }

  /** Talks instead of writing. The browser asks for the microphone here, and only here. */
  async talk(): Promise<void> {
    if (this.state.call) return
    this.set({ call: 'connecting', notice: undefined, typing: false })
    try {
      await this.beginning?.catch(() => undefined)
      await this.hangUp()
      this.set({ call: 'connecting', notice: undefined })
      await this.begin('voice')
      if (this.state.call === 'connecting') this.set({ call: 'listening' })
    } catch (failure) {
      this.set({ call: undefined })
      if (failure instanceof DOMException) this.set({ notice: this.state.phrases.noMicrophone })
      else this.refused(failure)
    }
  }

  async hangUp(): Promise<void> {
    await this.live?.end()
    this.live = undefined
    this.set({ call: undefined, muted: false })
  }

  mute(muted: boolean): void {
    this.live?.mute(muted)
    this.set({ muted })
  }

  async introduce(contact: { name?: string; phone?: string }): Promise<'saved' | 'wrong' | 'failed'> {
    try {
      await this.api.introduce(contact)
      return 'saved'
    } catch (failure) {
      return failure instanceof Refused && failure.status === 400 ? 'wrong' : 'failed'
    }
  }

  private refused(failure: unknown): void {
    const status = failure instanceof Refused ? failure.status : -1
    const opened = this.state.session !== undefined
    const own = this.state.phrases
    const mayNot = status === 403 || (status === 0 && !opened)
    if (mayNot) {
      this.complain(
        `The chat could not be opened from ${location.origin}. Most likely this origin is not listed: in the console, Settings,` +
          ` Chat on your site, list it exactly as written here. (${String(failure)})`,
      )
    } else if (status < 0) {
      this.complain(String(failure))
    }
    this.set({
      typing: false,
      notice: mayNot ? own.refused : status === 429 ? own.tooMuch : own.away,
      again: !opened && !mayNot,
    })
  }
}
