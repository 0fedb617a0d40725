import { ask, data, get, segment } from '../shared/http'

/** A text that was asked for; scheduled, queued, sending, sent, refused or unknown. */
export interface SentText {
  id: string
  status: string
  segments: number
  sendAt: string
}

/** Who answers a lead's texts. */
export interface TextConversation {
  takenOver: boolean
  by?: string
  since?: string
}

export interface OutboundCall {
  outboundCallId: string
  status: string
  message: string
}

export interface LiveCall {
  callSid: string
  leadId: string
  direction: string
  /** bridge, native, register, conference or direct; absent while only a status was heard of it. */
  path?: string
  since: string
  status: string
}

export interface Member {
  label: string
  role: 'phone' | 'browser' | 'ai'
  status: 'invited' | 'present' | 'left' | 'absent'
  muted: boolean
  onHold: boolean
  reason?: string
}

export interface Room {
  room: string
  status: 'planned' | 'live' | 'ending' | 'ended'
  leadId: string
  createdAt: string
  startedAt?: string
  endReason?: string
  participants: Member[]
}

export interface TextWish {
  tenantId: string
  leadId: string
  body: string
  inQuietHours: 'refuse' | 'schedule'
}

const room = (name: string) => `/api/twilio/conferences/${segment(name)}`
const conversation = (leadId: string) => `/api/twilio/text-conversations/${segment(leadId)}`

export const acts = {
  text: (wish: TextWish, key: string) =>
    data(ask<{ data: SentText }>('POST', '/api/twilio/send-sms', { ...wish, idempotencyKey: key }, key)),
  note: (leadId: string, text: string, key: string) =>
    ask<unknown>('POST', `/api/leads/${segment(leadId)}/notes`, { text }, key),
  whisper: (leadId: string, text: string, key: string) =>
    ask<unknown>('POST', `/api/leads/${segment(leadId)}/whispers`, { text }, key),

  conversation: (leadId: string) => data(get<{ data: TextConversation }>(conversation(leadId))),
  takeOver: (leadId: string) => data(ask<{ data: TextConversation }>('POST', `${conversation(leadId)}/take-over`)),
  giveBack: (leadId: string) => data(ask<{ data: TextConversation }>('POST', `${conversation(leadId)}/give-back`)),

  call: (leadId: string, questions: string[], via: 'native' | 'bridge', key: string) =>
    data(ask<{ data: OutboundCall }>('POST', '/api/elevenlabs/outbound-call', { leadId, questions, via }, key)),
  liveCalls: () => get<{ calls: LiveCall[] }>('/api/twilio/calls?live=true&limit=200'),
  transfer: (callSid: string, to: string | null, reason: string | null) =>
    data(ask<{ data: { human: string } }>('POST', `/api/twilio/calls/${segment(callSid)}/transfer`, { to, reason })),
  join: (callSid: string) => data(ask<{ data: Room }>('POST', `/api/twilio/calls/${segment(callSid)}/join`)),

  startRoom: (leadId: string, agent: boolean, key: string) =>
    data(ask<{ data: Room }>('POST', '/api/twilio/start-conference', { leadId, agent }, key)),
  room: (name: string) => data(get<{ data: Room }>(room(name))),
  invitePhone: (name: string, to: string, key: string) =>
    data(ask<{ data: Room }>('POST', `${room(name)}/participants`, { type: 'phone', to }, key)),
  change: (name: string, label: string, change: { muted?: boolean; hold?: boolean }) =>
    data(ask<{ data: Room }>('POST', `${room(name)}/participants/${segment(label)}`, change)),
  remove: (name: string, label: string) => ask<void>('DELETE', `${room(name)}/participants/${segment(label)}`),
  endRoom: (name: string) => ask<void>('DELETE', room(name)),
  voiceToken: () => data(get<{ data: { token: string; identity: string; expiresAt: string } }>('/api/twilio/token')),
}
