import type { Lead } from './model'

/** A number as people write it; NANP numbers grouped, others as they are. */
export function phone(number: string): string {
  const nanp = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number)
  return nanp ? `(${nanp[1]}) ${nanp[2]}-${nanp[3]}` : number
}

export function title(lead: Pick<Lead, 'name' | 'phone'> & { lastChannel?: Lead['lastChannel'] }): string {
  const unknown = lead.lastChannel === 'CHAT' ? 'Visitor of the site' : 'Unknown caller'
  return lead.name ?? (lead.phone ? phone(lead.phone) : unknown)
}

export function initials(name: string | undefined): string | undefined {
  return name
    ?.split(/\s+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((part) => part[0]?.toUpperCase())
    .join('')
}
