import { Refused, type Api, type Message } from './api'

const MOST_AT_ONCE = 20
const MOST_WAITING = 200
const GATHER_MILLIS = 300
const TRIES = 6

/** Tells the server what was said, in order, until it has taken it; an id makes a repeat harmless. */
export class Keeper {
  private readonly waiting: Message[] = []
  private running = false

  constructor(
    private readonly api: Api,
    private readonly lost: (messages: Message[]) => void,
  ) {}

  keep(message: Message): void {
    this.waiting.push(message)
    if (this.waiting.length > MOST_WAITING) this.waiting.shift()
    if (!this.running) void this.run()
  }

  private async run(): Promise<void> {
    this.running = true
    while (this.waiting.length > 0) {
      // A question and its answer often come together.
      await pause(GATHER_MILLIS)
      const batch = this.waiting.slice(0, MOST_AT_ONCE)
      if (!(await this.delivered(batch))) this.lost(batch)
      this.waiting.splice(0, batch.length)
    }
    this.running = false
  }

  private async delivered(batch: Message[]): Promise<boolean> {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      try {
        await this.api.say(batch)
        return true
      } catch (failure) {
        const passing = failure instanceof Refused && (failure.status === 0 || failure.status === 429 || failure.status >= 500)
        if (!passing) return false
        await pause(1_000 * 2 ** attempt)
      }
    }
    return false
  }
}

const pause = (millis: number) => new Promise((resume) => setTimeout(resume, millis))
