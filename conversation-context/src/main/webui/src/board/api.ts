import { get } from '../shared/http'
import type { Lead } from '../shared/model'

/** Whom something on the board is about. */
interface Whom {
  leadId: string
  name?: string
  phone?: string
}

/** Somebody on the phone. */
export interface LiveCall extends Whom {
  callSid: string
  direction?: 'INBOUND' | 'OUTBOUND'
  since: string
  /** The person who has taken it; absent while the agent has it. */
  with?: string
}

/** A customer whose text or chat message nobody has answered. */
export interface WaitingText extends Whom {
  text?: string
  since: string
}

/** A call nobody spoke with, and that nobody has followed up since. */
export interface MissedCall extends Whom {
  callSid: string
  at: string
  /** Twilio's word for its end. */
  status?: string
  messageLeft: boolean
}

/** Since midnight in the business' zone. */
export interface Numbers {
  callsIn: number
  callsOut: number
  callsMissed: number
  talkSeconds: number
  textsIn: number
  textsOut: number
  booked: number
  rescheduled: number
  cancelled: number
  newLeads: number
}

export interface BoardNow {
  liveCalls: LiveCall[]
  waitingTexts: WaitingText[]
  missedCalls: MissedCall[]
  numbers: Numbers
}

export const board = {
  now: () => get<BoardNow>('/api/board'),
  leads: (query: string, cursor?: string) => {
    const search = new URLSearchParams({ limit: '100' })
    if (query) search.set('query', query)
    if (cursor) search.set('cursor', cursor)
    return get<{ leads: Lead[]; nextCursor?: string }>(`/api/leads?${search}`)
  },
}
