/** An open chat, as the server describes it. */
export interface Session {
  token: string
  expiresAt: string
  /** Who has it is this lead. */
  visitor: string
  leadId: string
  resumed: boolean
  business: string
  language: string
  greeting: string
}

/** What the official client begins one conversation with. */
export interface Begun {
  conversationId: string
  signedUrl: string
  textOnly: boolean
  userId: string
  dynamicVariables: Record<string, string>
  overrides: Record<string, Record<string, unknown>>
  /** What happens from here on is news to the agent. */
  begunAt: string
}

/** Something that was written with the lead. */
export interface Words {
  id: string
  kind: 'chat' | 'text'
  speaker: 'CUSTOMER' | 'AGENT' | 'OPERATOR'
  text: string
  time: string
  conversationId?: string
}

export interface Message {
  id: string
  speaker: 'CUSTOMER' | 'AGENT'
  text: string
  conversationId?: string
}

/** A refusal; `status` 0: the server was not reached, or does not let this page read its answers. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    detail: string,
  ) {
    super(detail)
  }
}

const TIMEOUT_MILLIS = 15_000
const KEPT = 'throughline-visitor'

/** The browser's storage, or none where the visitor forbids it. */
function storage(): Storage | undefined {
  try {
    return window.localStorage
  } catch {
    return undefined
  }
}

/** The chat's server, asked for one visitor. */
export class Api {
  private session?: Session
  private opening?: Promise<Session>

  constructor(
    private readonly base: string,
    private readonly key: string,
  ) {}

  /** The session, opened when there is none or it is about to end. */
  async open(): Promise<Session> {
    const ends = this.session ? Date.parse(this.session.expiresAt) : 0
    if (this.session && ends - Date.now() > 60_000) return this.session
    this.opening ??= this.fresh().finally(() => (this.opening = undefined))
    return this.opening
  }

  private async fresh(): Promise<Session> {
    const name = `${KEPT}:${this.key}`
    const visitor = this.session?.visitor ?? storage()?.getItem(name) ?? undefined
    const answer = await this.ask('POST', 'session', {}, { key: this.key, visitor })
    this.session = (await answer.json()) as Session
    try {
      storage()?.setItem(name, this.session.visitor)
    } catch {
      // Full or forbidden: then this visitor is new on the next page.
    }
    return this.session
  }

  begin = async (medium: 'text' | 'voice'): Promise<Begun> => (await this.as('conversation', { medium })).json()

  say = async (messages: Message[]): Promise<void> => void (await (await this.as('messages', { messages })).text())

  introduce = async (contact: { name?: string; phone?: string }): Promise<void> => void (await (await this.as('contact', contact)).text())

  /** The stream's answer, whose body never ends by itself. */
  async listen(after: string | undefined, signal: AbortSignal): Promise<Response> {
    const { token } = await this.open()
    const headers: Record<string, string> = { 'X-Visitor-Token': token, Accept: 'text/event-stream' }
    if (after) headers['Last-Event-ID'] = after
    return this.ask('GET', 'stream', headers, undefined, signal)
  }

  /** Posts as the visitor; a token that is not taken any more is replaced once. */
  private async as(path: string, body: unknown): Promise<Response> {
    const { token } = await this.open()
    try {
      return await this.ask('POST', path, { 'X-Visitor-Token': token }, body)
    } catch (failure) {
      if (!(failure instanceof Refused) || failure.status !== 401) throw failure
      this.forget()
      const renewed = await this.open()
      return this.ask('POST', path, { 'X-Visitor-Token': renewed.token }, body)
    }
  }

  /** The token is not good any more; the visitor stays the same. */
  forget(): void {
    if (this.session) this.session = { ...this.session, expiresAt: new Date(0).toISOString() }
  }

  private async ask(
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: unknown,
    signal: AbortSignal = AbortSignal.timeout(TIMEOUT_MILLIS),
  ): Promise<Response> {
    let answer: Response
    try {
      answer = await fetch(`${this.base}/api/widget/${path}`, {
        method,
        headers: body === undefined ? headers : { ...headers, 'Content-Type': 'application/json' },
        body: body === undefined ? undefined : JSON.stringify(body),
        signal,
        credentials: 'omit',
        cache: 'no-store',
        referrerPolicy: 'no-referrer',
      })
    } catch (failure) {
      throw new Refused(0, String(failure))
    }
    if (!answer.ok) {
      const problem = (await answer.json().catch(() => ({}))) as { detail?: string; cure?: string }
      throw new Refused(answer.status, [problem.detail, problem.cure].filter(Boolean).join(' ') || `HTTP ${answer.status}`)
    }
    return answer
  }
}
