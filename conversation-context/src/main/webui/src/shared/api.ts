/** The JSON of conversation-context's APIs. Members that are null there are absent here. */

export type Channel = 'VOICE' | 'SMS' | 'CHAT' | 'OPERATOR'
export type Speaker = 'CUSTOMER' | 'AGENT' | 'OPERATOR'
export type EntryKind =
  | 'MESSAGE'
  | 'TURN'
  | 'CALL'
  | 'HAND_OVER'
  | 'QUESTIONS'
  | 'VOICE_MESSAGE'
  | 'QUALITY'
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

/** A question of an outbound call; `source` is collected, transcript, none, or open while the answer may still come. */
export interface Question {
  questionId: string
  question: string
  answer?: string
  source: string
}

export interface Questionnaire {
  callId: string
  time: string
  answered: boolean
  questions: Question[]
}

/** Durations in whole milliseconds; -1 where nothing was measured. */
export interface FlightTurn {
  atMillis: number
  transcriptMillis: number
  agentTextMillis: number
  audioInMillis: number
  audioOutMillis: number
  responseMillis: number
  interrupted: boolean
}

export interface FlightSetup {
  webhookMillis: number
  connectMillis: number
  startMillis: number
  agentMillis: number
  firstAudioMillis: number
  totalMillis: number
}

export interface Quality {
  interruptions: number
  framesDropped: number
  endedBy: string
  flight: {
    setup: FlightSetup
    turns: FlightTurn[]
    reopened: number
    gaps: number
    longestGapMillis: number
    lateFrames: number
  }
}

/** What an entry holds beyond its words; which members are there follows from its kind. */
export interface EntryDetail {
  questions?: Question[]
  recordingSid?: string
  durationSeconds?: number
  quality?: Quality
}

export interface LeadDetails {
  lead: Lead
  email?: string
  textsAllowed?: boolean
  firstContact?: string
  appointments: Appointment[]
  questionnaires: Questionnaire[]
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
  detail?: EntryDetail
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

async function send(path: string, init?: RequestInit): Promise<Response> {
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
  return response
}

async function request<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await send(path, init)
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
  recording: (sid: string) => send(`/api/twilio/recordings/${encodeURIComponent(sid)}`).then((response) => response.blob()),
  context: (id: string) => request<ContextAt>(`/api/leads/${encodeURIComponent(id)}/context`),
}
