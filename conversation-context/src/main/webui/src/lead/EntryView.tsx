import type { ReactNode } from 'react'
import type { Entry } from '../shared/api'
import { ChannelIcon, channelLabel } from '../shared/ChannelIcon'
import {
  IconAlert,
  IconCalendar,
  IconClock,
  IconMachine,
  IconMicrophone,
  IconNote,
  IconPhone,
  IconPhoneOff,
  IconQuestions,
  IconReturned,
  IconRinging,
  IconSms,
  IconStar,
  IconSummary,
  IconTool,
  IconUser,
  IconUserCheck,
  IconUserGone,
  IconUserWanted,
} from '../shared/icons'
import { clock, humanise } from '../shared/time'
import { Delivery } from './Delivery'
import { FlightRecord } from './FlightRecord'
import { Questions } from './Questions'
import { Recording } from './Recording'

/** One line of a timeline, in the look of its kind. All text is text: nothing a customer wrote is ever markup. */
export function EntryView({ entry, before, zone }: { entry: Entry; before?: Entry; zone: string }) {
  switch (entry.kind) {
    case 'MESSAGE':
    case 'TURN':
      return <Bubble entry={entry} before={before} zone={zone} />
    case 'CALL':
      return (
        <Mark entry={entry} zone={zone}>
          {CALL_ICONS[entry.status ?? ''] ?? <IconPhoneOff size={15} aria-hidden />}
          {humanise(entry.text, zone)}
        </Mark>
      )
    case 'HAND_OVER':
      return (
        <Mark entry={entry} zone={zone}>
          {HAND_OVER_ICONS[entry.status ?? ''] ?? <IconUserGone size={15} aria-hidden />}
          {entry.text}
        </Mark>
      )
    case 'QUESTIONS':
      return (
        <Card
          entry={entry}
          zone={zone}
          icon={<IconQuestions size={18} aria-hidden />}
          label={entry.status === 'asked' ? 'To be asked on the call' : 'Answers from the call'}
        >
          <Questions questions={entry.detail?.questions ?? []} />
        </Card>
      )
    case 'VOICE_MESSAGE':
      return (
        <Card entry={entry} zone={zone} icon={<IconMicrophone size={18} aria-hidden />} label="Voice message">
          {entry.text}
          {entry.detail?.recordingSid && <Recording sid={entry.detail.recordingSid} />}
        </Card>
      )
    case 'QUALITY':
      return <FlightRecord entry={entry} zone={zone} />
    case 'TOOL':
      return <ToolRow entry={entry} zone={zone} />
    case 'APPOINTMENT':
      return (
        <Card entry={entry} zone={zone} icon={<IconCalendar size={18} aria-hidden />} label="Appointment">
          {humanise(entry.text, zone)}
        </Card>
      )
    case 'SUMMARY':
      return (
        <Card entry={entry} zone={zone} icon={<IconSummary size={18} aria-hidden />} label="Summary of the conversation">
          {entry.text}
        </Card>
      )
    case 'NOTE':
      return (
        <Card entry={entry} zone={zone} icon={<IconNote size={18} aria-hidden />} label="Note">
          {entry.text}
        </Card>
      )
    default:
      return (
        <Mark entry={entry} zone={zone}>
          {MARK_ICONS[entry.kind]}
          {humanise(entry.text, zone)}
        </Mark>
      )
  }
}

const MARK_ICONS: Partial<Record<Entry['kind'], ReactNode>> = {
  SCORE: <IconStar size={15} aria-hidden />,
  CONSENT: <IconSms size={15} aria-hidden />,
  LEAD: <IconUser size={15} aria-hidden />,
  FOLLOW_UP: <IconClock size={15} aria-hidden />,
  CONFERENCE: <IconPhone size={15} aria-hidden />,
}

const CALL_ICONS: Record<string, ReactNode> = {
  started: <IconPhone size={15} aria-hidden />,
  machine: <IconMachine size={15} aria-hidden />,
}

/** What is not here did not come about. */
const HAND_OVER_ICONS: Record<string, ReactNode> = {
  requested: <IconUserWanted size={15} aria-hidden />,
  ringing: <IconRinging size={15} aria-hidden />,
  accepted: <IconUserCheck size={15} aria-hidden />,
  returned: <IconReturned size={15} aria-hidden />,
  ended: <IconPhoneOff size={15} aria-hidden />,
}

const WHO = { CUSTOMER: 'Customer', AGENT: 'Agent', OPERATOR: 'Operator' }

/** Words of one speaker close together share one heading. */
const RUN_MILLIS = 120_000

function Bubble({ entry, before, zone }: { entry: Entry; before?: Entry; zone: string }) {
  const speaker = entry.speaker ?? 'AGENT'
  const continued =
    before !== undefined &&
    (before.kind === 'TURN' || before.kind === 'MESSAGE') &&
    before.speaker === entry.speaker &&
    before.channel === entry.channel &&
    Date.parse(entry.time) - Date.parse(before.time) < RUN_MILLIS
  return (
    <article
      className="bubble-row"
      data-speaker={speaker}
      data-continued={continued || undefined}
      aria-label={`${WHO[speaker]}, ${channelLabel(entry.channel)}, ${clock(entry.time, zone)}`}
    >
      <div className="bubble" data-provisional={entry.provisional || undefined}>
        {entry.text || <em>No text</em>}
        {entry.interrupted && (
          <span className="cut" title="The customer spoke before this was finished">
            {' '}
            — cut short
          </span>
        )}
      </div>
      <div className="bubble-meta">
        <ChannelIcon channel={entry.channel} size={13} />
        <time dateTime={entry.time}>{clock(entry.time, zone)}</time>
        {entry.provisional && <span className="provisional">heard live</span>}
        {entry.channel === 'SMS' && speaker !== 'CUSTOMER' && entry.status && <Delivery status={entry.status} />}
      </div>
    </article>
  )
}

function Mark({ entry, zone, children }: { entry: Entry; zone: string; children: ReactNode }) {
  return (
    <div className="mark" data-kind={entry.kind} data-status={entry.status}>
      <span>{children}</span>
      <time dateTime={entry.time}>{clock(entry.time, zone)}</time>
    </div>
  )
}

function ToolRow({ entry, zone }: { entry: Entry; zone: string }) {
  const colon = entry.text.indexOf(': ')
  const tool = colon > 0 ? entry.text.slice(0, colon).replaceAll('_', ' ') : entry.text
  const outcome = colon > 0 ? entry.text.slice(colon + 2) : ''
  const refused = entry.status === 'refused'
  return (
    <div className="tool" data-refused={refused || undefined}>
      <span className="tool-name">
        {refused ? <IconAlert size={15} aria-hidden /> : <IconTool size={15} aria-hidden />}
        {tool}
        {refused && <span className="visually-hidden">, refused</span>}
      </span>
      {outcome && <span className="tool-outcome">{humanise(outcome, zone)}</span>}
      <time dateTime={entry.time}>{clock(entry.time, zone)}</time>
    </div>
  )
}

interface CardProps {
  entry: Entry
  zone: string
  icon: ReactNode
  label: string
  children: ReactNode
}

function Card({ entry, zone, icon, label, children }: CardProps) {
  return (
    <div className="card" data-kind={entry.kind} data-status={entry.status}>
      <span className="card-icon">{icon}</span>
      <div>
        <div className="card-label">
          {label}
          <Verdict entry={entry} />
        </div>
        <div className="card-text">{children}</div>
      </div>
      <time dateTime={entry.time}>{clock(entry.time, zone)}</time>
    </div>
  )
}

function Verdict({ entry }: { entry: Entry }) {
  const words: Record<string, string> = {
    success: 'goal reached',
    failure: 'goal missed',
    cancelled: 'cancelled',
    completed: 'completed',
  }
  const word = entry.status && words[entry.status]
  return word ? <span className="verdict" data-verdict={entry.status}>{word}</span> : null
}
