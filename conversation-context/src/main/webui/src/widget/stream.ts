import { Refused, type Api, type Words } from './api'

/** One event of a stream (WHATWG, HTML: server-sent events), as far as ours have parts. */
interface Frame {
  id?: string
  data: string
}

const FIRST_WAIT_MILLIS = 1_000
const LONGEST_WAIT_MILLIS = 30_000

/** Takes what has come of a stream apart; gives the whole frames and the rest that is not one yet. */
export function frames(text: string): { whole: Frame[]; rest: string } {
  const parts = text.replace(/\r\n?/g, '\n').split('\n\n')
  const rest = parts.pop() ?? ''
  const whole = parts.map((part) => {
    const frame: Frame = { data: '' }
    for (const line of part.split('\n')) {
      const colon = line.indexOf(':')
      const field = colon < 0 ? line : line.slice(0, colon)
      const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
      if (field === 'id') frame.id = value
      if (field === 'data') frame.data += (frame.data && '\n') + value
    }
    return frame
  })
  return { whole, rest }
}

/**
 * Follows what is written with the lead until it is stopped: after a break it goes on where it was. A header is needed, which the browser's
 * own EventSource cannot send, and in an address the token would stand in logs.
 */
export function follow(api: Api, told: (words: Words) => void, line: (good: boolean) => void): () => void {
  const stopped = new AbortController()
  let after: string | undefined

  const read = async () => {
    const answer = await api.listen(after, stopped.signal)
    line(true)
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    for (;;) {
      const { value, done } = await reader.read()
      if (done) return
      const { whole, rest } = frames(text + value)
      text = rest
      for (const frame of whole) {
        after = frame.id ?? after
        if (frame.data) told(JSON.parse(frame.data) as Words)
      }
    }
  }

  const loop = async () => {
    let wait = FIRST_WAIT_MILLIS
    while (!stopped.signal.aborted) {
      const began = Date.now()
      try {
        await read()
      } catch (failure) {
        if (failure instanceof Refused && failure.status === 401) api.forget()
        // Told that it may not, or that it does so too often: no use in asking soon.
        if (failure instanceof Refused && (failure.status === 403 || failure.status === 429)) wait = LONGEST_WAIT_MILLIS
      }
      if (stopped.signal.aborted) return
      wait = Date.now() - began > LONGEST_WAIT_MILLIS ? FIRST_WAIT_MILLIS : wait
      line(false)
      await new Promise((resume) => setTimeout(resume, wait * (0.75 + Math.random() / 2)))
      wait = Math.min(wait * 2, LONGEST_WAIT_MILLIS)
    }
  }
  void loop()
  return () => stopped.abort()
}
