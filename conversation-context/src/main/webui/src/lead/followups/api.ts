import { ask, get, segment } from '../../shared/http'

/** Something that will be done by itself, or was. */
export interface FollowUp {
  id: string
  leadId: string
  why: string
  channel: 'TEXT' | 'CALL' | 'HOOK'
  state: 'scheduled' | 'due' | 'doing' | 'done' | 'skipped' | 'failed' | 'cancelled'
  dueAt: string
  text?: string
  questions: string[]
  /** Why it ended as it did, or was put off. */
  note?: string
}

/** Some follow-ups of the whole business. */
export interface FollowUpPage {
  followUps: FollowUp[]
  nextCursor?: string
  /** Whom they are for. */
  leads?: Record<string, { name?: string; phone?: string }>
}

export const HOW = { TEXT: 'A text', CALL: 'A call', HOOK: 'A message to your system' }

export interface Order {
  channel: 'TEXT' | 'CALL'
  at: string
  text?: string
  questions?: string[]
}

const one = (id: string) => `/api/follow-ups/${segment(id)}`
const ofLead = (leadId: string) => `/api/leads/${segment(leadId)}/follow-ups`

export const followUps = {
  of: (leadId: string) => get<{ followUps: FollowUp[] }>(ofLead(leadId)).then((page) => page.followUps),
  /** Those to be done, the next first; or those that are over, the latest first. */
  all: (state: 'open' | 'over', cursor?: string) =>
    get<FollowUpPage>(`/api/follow-ups?state=${state}${cursor ? `&cursor=${segment(cursor)}` : ''}`),
  schedule: (leadId: string, order: Order, key: string) => ask<FollowUp>('POST', ofLead(leadId), order, key),
  cancel: (id: string) => ask<FollowUp>('DELETE', one(id)),
  now: (id: string) => ask<FollowUp>('POST', `${one(id)}/now`),
}
