import type { Entry, Quality } from '../shared/model'

/** A stretch in which one side spoke, in milliseconds since the stream began. */
export interface Speech {
  who: 'CUSTOMER' | 'AGENT'
  fromMillis: number
  toMillis: number
  text?: string
  interrupted?: boolean
}

/** People speak some 15 characters a second. */
const CHARACTER_MILLIS = 65
const SHORTEST_MILLIS = 400

/**
 * Who spoke when. The flight record knows where sound was heard, when it holds that; otherwise the words' beginnings stand in the timeline,
 * and how long they took is an estimate.
 */
export function speechOf(quality: Quality, entries: Entry[]): { spoken: Speech[]; measured: boolean } {
  const measured = quality.flight.speech
  const words = estimated(entries)
  return measured && measured.length > 0
    ? {
        spoken: measured.map(({ speaker, fromMillis, toMillis }) =>
          withWords({ who: speaker, fromMillis, toMillis }, words),
        ),
        measured: true,
      }
    : { spoken: words, measured: false }
}

/** With the words of that side which are estimated to overlap it the most. */
function withWords(piece: Speech, words: Speech[]): Speech {
  const overlap = (one: Speech) =>
    Math.min(one.toMillis, piece.toMillis) - Math.max(one.fromMillis, piece.fromMillis)
  const said = words
    .filter((one) => one.who === piece.who && overlap(one) > 0)
    .toSorted((a, b) => overlap(b) - overlap(a))[0]
  return said ? { ...piece, text: said.text, interrupted: said.interrupted } : piece
}

function estimated(entries: Entry[]): Speech[] {
  const turns = entries.filter((entry) => entry.kind === 'TURN')
  const began = entries.find((entry) => entry.kind === 'CALL' && entry.status === 'started') ?? turns[0]
  if (!began) return []
  const start = Date.parse(began.time)
  return turns.map((turn, index) => {
    const fromMillis = Math.max(0, Date.parse(turn.time) - start)
    const next = turns[index + 1]
    const atMost = next ? Math.max(SHORTEST_MILLIS, Date.parse(next.time) - start - fromMillis) : Infinity
    const length = Math.min(atMost, Math.max(SHORTEST_MILLIS, turn.text.length * CHARACTER_MILLIS))
    return {
      who: turn.speaker === 'CUSTOMER' ? 'CUSTOMER' : 'AGENT',
      fromMillis,
      toMillis: fromMillis + length,
      text: turn.text,
      interrupted: turn.interrupted,
    }
  })
}
