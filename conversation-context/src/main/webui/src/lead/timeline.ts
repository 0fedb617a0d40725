import type { Entry, Frame } from '../shared/model'

/** One order for everybody: by time, then by id. */
export function inOrder(entries: Iterable<Entry>): Entry[] {
  return [...entries].sort((a, b) => Date.parse(a.time) - Date.parse(b.time) || compare(a.time, b.time) || compare(a.id, b.id))
}

// Two ISO instants of one millisecond differ in their microseconds, which Date does not keep.
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** `more` put in place among `entries`, by id. */
export function merge(entries: Entry[], more: Entry[]): Entry[] {
  if (more.length === 0) return entries
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  for (const entry of more) byId.set(entry.id, entry)
  return inOrder(byId.values())
}

/**
 * The timeline after an event. The final transcript of a conversation takes the place of what was heard live, also when a live
 * turn arrives late.
 */
export function apply(entries: Entry[], frame: Frame): Entry[] {
  const isOld = (entry: Entry) => entry.provisional && entry.conversationId === frame.supersedes
  const kept = frame.supersedes ? entries.filter((entry) => !isOld(entry)) : entries
  const isFinal = (conversationId: string | undefined) =>
    kept.some((entry) => entry.kind === 'TURN' && !entry.provisional && entry.conversationId === conversationId)
  return merge(
    kept,
    frame.entries.filter((entry) => !(entry.provisional && isFinal(entry.conversationId))),
  )
}
