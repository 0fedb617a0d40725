/**
 * The calendar draws wall clocks (`YYYY-MM-DD HH:mm:ss`) of the business' zone; the server speaks of instants. Both directions stand here.
 */

/** An instant as the clock on the business' wall shows it. */
export function wallClock(instant: string | Date, zone: string): string {
  const parts = Object.fromEntries(formatter(zone).formatToParts(new Date(instant)).map(({ type, value }) => [type, value]))
  return `${parts.year}-${parts.month}-${parts.day} ${parts.hour}:${parts.minute}:${parts.second}`
}

/** The instant of a wall clock. One that comes twice in autumn is the first; one that is left out in spring is an hour later. */
export function instantOf(wall: string, zone: string): string {
  const asUtc = Date.parse(`${wall.replace(' ', 'T')}Z`)
  const first = asUtc - offsetMillis(asUtc, zone)
  const second = asUtc - offsetMillis(first, zone)
  return new Date(wallClock(new Date(second), zone) === wall ? second : Math.max(first, second)).toISOString()
}

/** How far the zone is ahead of UTC at an instant. */
function offsetMillis(instant: number, zone: string): number {
  return Date.parse(`${wallClock(new Date(instant), zone).replace(' ', 'T')}Z`) - Math.floor(instant / 1_000) * 1_000
}

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatter(zone: string): Intl.DateTimeFormat {
  let found = formatters.get(zone)
  if (!found) {
    found = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
    formatters.set(zone, found)
  }
  return found
}

/** A day some days later, `YYYY-MM-DD`. */
export function dayAfter(day: string, days: number): string {
  const date = new Date(`${day}T12:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}

/** The Monday of a day's week. */
export function mondayOf(day: string): string {
  return dayAfter(day, -((new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7))
}
