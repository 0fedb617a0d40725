/** The JSON of conversation-context's APIs. Members that are null there are absent here. */

export type Channel = 'VOICE' | 'SMS' | 'CHAT' | 'OPERATOR'
export type Speaker = 'CUSTOMER' | 'AGENT' | 'OPERATOR'
export type EntryKind =
  | 'MESSAGE'
  | 'TURN'
  | 'CALL'
  | 'CONFERENCE'
  | 'SUMMARY'
  | 'TOOL'
  | 'APPOINTMENT'
  | 'CONSENT'
  | 'LEAD'
  | 'SCORE'
  | 'FOLLOW_UP'
  | 'NOTE'

export interface Session {
  name: string
  role: 'viewer' | 'operator' | 'admin'
  tenant?: { id: string; name: string; timeZone: string }
  expiresAt: string
}

export interface Lead {
  leadId: string
  name?: string
  phone?: string
  lastActivity: string
  lastChannel?: Channel
  lastSpeaker?: Speaker
  lastText?: string
  score?: number
  onThePhone: boolean
}

export interface Factor {
  name: string
  points: number
  because: string
}

export interface Appointment {
  id: string
  serviceName: string
  employeeName: string
  start: string
  end: string
  status: string
}

export interface LeadDetails {
  lead: Lead
  email?: string
  textsAllowed?: boolean
  firstContact?: string
  appointments: Appointment[]
  score?: { score: number; factors: Factor[]; since: string }
  timeZone: string
  lastEventId: number
}

export interface Entry {
  id: string
  time: string
  channel: Channel
  kind: EntryKind
  speaker?: Speaker
  text: string
  conversationId?: string
  callId?: string
  provisional: boolean
  interrupted: boolean
  status?: string
}

export interface TimelineSlice {
  entries: Entry[]
  nextCursor?: string
  lastEventId: number
}

export interface ContextAt {
  at: string
  promptContext: string
}

/** One event of a lead's stream. */
export interface Frame {
  id: string
  type: string
  time: string
  entries: Entry[]
  supersedes?: string
}

/** A refusal of the server; `status` 0 means that it was not reached. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message)
  }
}

const TIMEOUT_MILLIS = 15_000

async function request<T>(path: string, init?: RequestInit): Promise<T> {
  let response: Response
  try {
    response = await fetch(path, { signal: AbortSignal.timeout(TIMEOUT_MILLIS), ...init })
  } catch {
    throw new ApiError(0, 'The server cannot be reached.')
  }
  if (!response.ok) {
    const problem: { detail?: string } = await response.json().catch(() => ({}))
    if (response.status === 401 && !path.startsWith('/api/session')) {
      window.dispatchEvent(new Event('signed-out'))
    }
    throw new ApiError(response.status, problem.detail ?? `The server answered ${response.status}.`)
  }
  return response.status === 204 ? (undefined as T) : response.json()
}

export const api = {
  session: () => request<Session>('/api/session'),
  signIn: (token: string) =>
    request<Session>('/api/session', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ token }),
    }),
  signOut: () => request<void>('/api/session', { method: 'DELETE' }),
  leads: (q: string, cursor?: string) => {
    const query = new URLSearchParams({ limit: '50' })
    if (q) query.set('q', q)
    if (cursor) query.set('cursor', cursor)
    return request<{ leads: Lead[]; nextCursor?: string }>(`/api/leads?${query}`)
  },
  lead: (id: string) => request<LeadDetails>(`/api/leads/${encodeURIComponent(id)}`),
  timeline: (id: string, before?: string) =>
    request<TimelineSlice>(
      `/api/leads/${encodeURIComponent(id)}/timeline?limit=100${before ? `&before=${encodeURIComponent(before)}` : ''}`,
    ),
  context: (id: string) => request<ContextAt>(`/api/leads/${encodeURIComponent(id)}/context`),
}
