/** Everything a person reads is in the business' zone, whatever the zone of this computer. */

const formats = new Map<string, Intl.DateTimeFormat>()

function format(zone: string, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone}|${name}`
  let found = formats.get(key)
  if (!found) {
    found = new Intl.DateTimeFormat('en', { timeZone: zone, ...options })
    formats.set(key, found)
  }
  return found
}

export function dayKey(time: string | Date, zone: string): string {
  return format(zone, 'key', { year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date(time))
}

export function clock(time: string, zone: string): string {
  return format(zone, 'clock', { hour: 'numeric', minute: '2-digit' }).format(new Date(time))
}

export function day(time: string, zone: string): string {
  const now = new Date()
  if (dayKey(time, zone) === dayKey(now, zone)) return 'Today'
  if (dayKey(time, zone) === dayKey(new Date(now.getTime() - 86_400_000), zone)) return 'Yesterday'
  return format(zone, 'day', { weekday: 'long', day: 'numeric', month: 'long' }).format(new Date(time))
}

/** Short: the time of day today, else the date. */
export function brief(time: string, zone: string): string {
  const now = new Date()
  if (dayKey(time, zone) === dayKey(now, zone)) return clock(time, zone)
  if (dayKey(time, zone) === dayKey(new Date(now.getTime() - 86_400_000), zone)) return 'Yesterday'
  return format(zone, 'brief', { day: 'numeric', month: 'short' }).format(new Date(time))
}

export function moment(time: string, zone: string): string {
  return format(zone, 'moment', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
  }).format(new Date(time))
}

/** A length of time that is over, as a person says it; under a minute is now. */
export function ago(millis: number): string {
  const minutes = Math.floor(millis / 60_000)
  if (minutes < 1) return 'just now'
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`
}

/** Hours, minutes and seconds, for what lies close together. */
export function exactly(time: string | Date, zone: string): string {
  return format(zone, 'exact', { hour: 'numeric', minute: '2-digit', second: '2-digit' }).format(new Date(time))
}

/** A moment to the second, with its day. */
export function momentExactly(time: string, zone: string): string {
  return format(zone, 'momentExactly', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
    second: '2-digit',
  }).format(new Date(time))
}

const INSTANT = /\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})/g

/** Replaces machine-written instants in a sentence by what a person would say. */
export function humanise(text: string, zone: string): string {
  return text.replace(INSTANT, (instant) => moment(instant, zone))
}
