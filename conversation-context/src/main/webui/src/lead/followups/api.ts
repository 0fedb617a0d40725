import { ask, get, segment } from '../../shared/http'

/** Something that will be done by itself, or was. */
export interface FollowUp {
  id: string
  why: string
  channel: 'TEXT' | 'CALL' | 'HOOK'
  state: 'scheduled' | 'due' | 'doing' | 'done' | 'skipped' | 'failed' | 'cancelled'
  dueAt: string
  text?: string
  questions: string[]
  /** Why it ended as it did, or was put off. */
  note?: string
}

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
  schedule: (leadId: string, order: Order, key: string) => ask<FollowUp>('POST', ofLead(leadId), order, key),
  cancel: (id: string) => ask<FollowUp>('DELETE', one(id)),
  now: (id: string) => ask<FollowUp>('POST', `${one(id)}/now`),
}
