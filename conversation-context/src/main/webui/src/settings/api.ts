import { ask, get, segment } from '../shared/http'

export interface DayHours {
  open: string
  close: string
  enabled: boolean
}

export interface Human {
  name: string
  number: string
}

export interface TenantSettings {
  elevenLabsAgentId?: string
  elevenLabsTextAgentId?: string
  aiGreeting?: string
  aiTone?: string
  businessHours: Record<string, DayHours>
  autoReply?: string
  fallbackNumber?: string
  calls?: { humans?: Human[]; maxConcurrentCalls?: number } & Record<string, unknown>
  texts?: { quietHours?: { from: string; to: string } } & Record<string, unknown>
  followUps?: FollowUps
  widget?: Widget
}

/** The chat on the business' own pages. */
export interface Widget {
  enabled: boolean
  key?: string
  origins: string[]
}

/** One thing done by itself; `minutes` after a call, or before an appointment. */
export interface FollowUpRule {
  minutes: number[]
  channel: 'TEXT' | 'CALL'
  text?: string
  questions?: string[]
}

export type FollowUpKind = 'missedCall' | 'callWithoutBooking' | 'reminder'

export type FollowUps = Partial<Record<FollowUpKind, FollowUpRule>>

/** What is or was to be done at the providers. */
export interface Plan {
  steps: {
    id: string
    target: string
    what: string
    action: 'create' | 'change' | 'none'
    differences: string[]
    outcome?: 'done' | 'unchanged' | 'failed' | 'not-tried'
    problem?: string
  }[]
  notes?: string[]
}

export interface Check {
  id: string
  title: string
  status: 'ok' | 'warning' | 'fault'
  found: string
  /** Empty when nothing is wrong. */
  cure: string
}

/** The business as its admins set it up. */
export interface Business {
  id: string
  name: string
  twilioPhoneNumber?: string
  timeZone: string
  country: string
  language: string
  voicePath: string
  settings: TenantSettings
  version: number
}

export interface Service {
  id: string
  name: string
  description?: string
  price: number
  /** Minutes. */
  duration: number
  category?: string
  bufferBefore?: number
  bufferAfter?: number
  noticeMinutes?: number
  noticeDays?: number
  horizonDays?: number
  gridMinutes?: number
  /** Without an id: a new one. */
  addOns?: { id?: string; name: string; price: number; duration: number }[]
}

export interface WorkingDay extends DayHours {
  breaks?: { from: string; to: string }[]
}

export interface StaffMember {
  id: string
  name: string
  /** Absent = all services. */
  serviceIds?: string[]
  /** Absent = the business' hours. */
  workingHours?: Record<string, WorkingDay>
  /** Wall clock; `from` inclusive, `to` exclusive. */
  timeOff?: { from: string; to: string; reason?: string }[]
}

/** A chair or a room, of which one is needed for a visit where there are any. */
export interface Chair {
  id: string
  name: string
  /** Absent = all services. */
  serviceIds?: string[]
}

/** A holiday, or days the business is closed. */
export interface Closure {
  id: string
  name: string
  from: string
  to: string
  yearly: boolean
}

/** The providers are asked many things, one after the other. */
const SLOW_MILLIS = 90_000

const of = (tenantId: string) => `/api/tenants/${segment(tenantId)}`

export const settings = {
  tenant: (id: string) => get<Business>(of(id)),
  services: (id: string) => get<Service[]>(`${of(id)}/services`),
  saveService: (id: string, { id: service, ...draft }: Partial<Service>) =>
    service
      ? ask<Service>('PUT', `${of(id)}/services/${segment(service)}`, draft)
      : ask<Service>('POST', `${of(id)}/services`, draft),
  removeService: (id: string, service: string) => ask<void>('DELETE', `${of(id)}/services/${segment(service)}`),
  staff: (id: string) => get<StaffMember[]>(`${of(id)}/staff`),
  saveStaff: (id: string, { id: member, ...draft }: Partial<StaffMember>) =>
    member
      ? ask<StaffMember>('PUT', `${of(id)}/staff/${segment(member)}`, draft)
      : ask<StaffMember>('POST', `${of(id)}/staff`, draft),
  removeStaff: (id: string, member: string) => ask<void>('DELETE', `${of(id)}/staff/${segment(member)}`),
  chairs: (id: string) => get<Chair[]>(`${of(id)}/chairs`),
  saveChair: (id: string, { id: chair, ...draft }: Partial<Chair>) =>
    chair ? ask<Chair>('PUT', `${of(id)}/chairs/${segment(chair)}`, draft) : ask<Chair>('POST', `${of(id)}/chairs`, draft),
  removeChair: (id: string, chair: string) => ask<void>('DELETE', `${of(id)}/chairs/${segment(chair)}`),
  closures: (id: string) => get<Closure[]>(`${of(id)}/closures`),
  saveClosure: (id: string, { id: closure, ...draft }: Partial<Closure>) =>
    closure
      ? ask<Closure>('PUT', `${of(id)}/closures/${segment(closure)}`, draft)
      : ask<Closure>('POST', `${of(id)}/closures`, draft),
  removeClosure: (id: string, closure: string) => ask<void>('DELETE', `${of(id)}/closures/${segment(closure)}`),
  plan: (id: string) => get<Plan>(`${of(id)}/provisioning`, SLOW_MILLIS),
  provision: (id: string) => ask<Plan>('POST', `${of(id)}/provisioning`, {}, undefined, SLOW_MILLIS),
  doctor: (id: string) => get<{ checks: Check[] }>(`${of(id)}/doctor`, SLOW_MILLIS),
  /** A merge patch: null removes a member. */
  change: (id: string, patch: object) => ask<Business>('PATCH', of(id), patch),
}
