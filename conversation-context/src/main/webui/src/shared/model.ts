/** The JSON of the services' APIs that more than one part of the page reads. Members that are null there are absent here. */

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
  /** Since when words of the customer wait for an answer. */
  waitingSince?: string
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
    /** Where sound was heard, since the stream began; absent in records of before. */
    speech?: { speaker: 'CUSTOMER' | 'AGENT'; fromMillis: number; toMillis: number }[]
  }
}

/** What an entry holds beyond its words; which members are there follows from its kind. */
export interface EntryDetail {
  questions?: Question[]
  recordingSid?: string
  durationSeconds?: number
  quality?: Quality
  /** Why a text was not delivered. */
  reason?: string
  /** What was spoken and never heard, of a turn that was cut short. */
  text?: string
}

export interface LeadDetails {
  lead: Lead
  email?: string
  textsAllowed?: boolean
  firstContact?: string
  /** The other leads that are the same person. */
  linked: string[]
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

/** One event of a lead's stream. */
export interface Frame {
  id: string
  type: string
  time: string
  entries: Entry[]
  supersedes?: string
}
