import { ask, get, segment, send } from '../shared/http'
import type { Appointment, LeadDetails, TimelineSlice } from '../shared/model'

const PAGE = 100

/** What was known at an instant. */
export interface ContextAt {
  at: string
  /** The text an agent's prompt would have got then; empty when nothing was known. */
  promptContext: string
  name?: string
  score?: { score: number }
  appointments: Appointment[]
}

/** What became known between two instants. */
export interface ContextDiff {
  changes: { what: string; before?: unknown; after?: unknown }[]
  /** Lines of an agent's prompt that are new, and those that are gone. */
  told: string[]
  forgotten: string[]
}

export const leads = {
  one: (id: string) => get<LeadDetails>(`/api/leads/${segment(id)}`),
  /** These two are one person. */
  link: (id: string, other: string) => ask<void>('POST', `/api/leads/${segment(id)}/link`, { leadId: other }),
  /** The other is somebody else after all. */
  unlink: (id: string, other: string) => ask<void>('POST', `/api/leads/${segment(id)}/unlink`, { leadId: other }),
  timeline: (id: string, before?: string) =>
    get<TimelineSlice>(`/api/leads/${segment(id)}/timeline?limit=${PAGE}${before ? `&before=${segment(before)}` : ''}`),
  /** What was known at an instant; without one, now. */
  context: (id: string, at?: string) =>
    get<ContextAt>(`/api/leads/${segment(id)}/context${at ? `?at=${segment(at)}` : ''}`),
  diff: (id: string, from: string, to: string) =>
    get<ContextDiff>(`/api/leads/${segment(id)}/context/diff?from=${segment(from)}&to=${segment(to)}`),
  recording: (sid: string) => send(`/api/twilio/recordings/${segment(sid)}`).then((response) => response.blob()),
}
