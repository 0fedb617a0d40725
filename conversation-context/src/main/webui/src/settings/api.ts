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

const of = (tenantId: string) => `/api/tenants/${segment(tenantId)}`

export const settings = {
  tenant: (id: string) => get<Business>(of(id)),
  /** A merge patch: null removes a member. */
  change: (id: string, patch: object) => ask<Business>('PATCH', of(id), patch),
}
