import { memo, type ReactNode } from 'react'
import { Link } from 'wouter'
import type { Entry } from '../../shared/model'
import {
  IconCalendar,
  IconClock,
  IconGauge,
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
  IconUser,
  IconUserCheck,
  IconUserGone,
  IconUserWanted,
  IconWhisper,
} from '../../shared/icons'
import { humanise } from '../../shared/time'
import { Bubble } from './Bubble'
import { Card } from './Card'
import { Mark } from './Mark'
import { Questions } from './Questions'
import { Recording } from './Recording'
import { ToolRow } from './ToolRow'

interface EntryViewProps {
  entry: Entry
  before?: Entry
  zone: string
  leadId: string
}

/** One line of a timeline, in the look of its kind. All text is text: nothing a customer wrote is ever markup. */
export const EntryView = memo(function EntryView({ entry, before, zone, leadId }: EntryViewProps) {
  const shared = { entry, zone }
  switch (entry.kind) {
    case 'MESSAGE':
    case 'TURN':
      return <Bubble {...shared} before={before} />
    case 'CALL':
      return (
        <Mark {...shared}>
          {CALL_ICONS[entry.status ?? ''] ?? <IconPhoneOff size={15} aria-hidden />}
          {humanise(entry.text, zone)}
        </Mark>
      )
    case 'HAND_OVER':
      return (
        <Mark {...shared}>
          {HAND_OVER_ICONS[entry.status ?? ''] ?? <IconUserGone size={15} aria-hidden />}
          {entry.text}
        </Mark>
      )
    case 'QUALITY':
      return (
        <Mark {...shared}>
          <IconGauge size={15} aria-hidden />
          {entry.callId ? <Link href={`/leads/${leadId}/calls/${entry.callId}`}>{entry.text}</Link> : entry.text}
        </Mark>
      )
    case 'TOOL':
      return <ToolRow {...shared} />
    case 'QUESTIONS':
    case 'VOICE_MESSAGE':
    case 'APPOINTMENT':
    case 'SUMMARY':
    case 'NOTE':
      return (
        <Card {...shared} {...face(entry)}>
          <Body {...shared} />
        </Card>
      )
    default:
      return (
        <Mark {...shared}>
          {MARK_ICONS[entry.kind]}
          {humanise(entry.text, zone)}
        </Mark>
      )
  }
})

const WHISPER = 'To the agent: '

function face(entry: Entry): { icon: ReactNode; label: string } {
  switch (entry.kind) {
    case 'QUESTIONS':
      return {
        icon: <IconQuestions size={18} aria-hidden />,
        label: entry.status === 'asked' ? 'To be asked on the call' : 'Answers from the call',
      }
    case 'VOICE_MESSAGE':
      return { icon: <IconMicrophone size={18} aria-hidden />, label: 'Voice message' }
    case 'APPOINTMENT':
      return { icon: <IconCalendar size={18} aria-hidden />, label: 'Appointment' }
    case 'SUMMARY':
      return { icon: <IconSummary size={18} aria-hidden />, label: 'Summary of the conversation' }
    default:
      return entry.text.startsWith(WHISPER)
        ? { icon: <IconWhisper size={18} aria-hidden />, label: 'Whispered to the agent' }
        : { icon: <IconNote size={18} aria-hidden />, label: 'Note' }
  }
}

function Body({ entry, zone }: { entry: Entry; zone: string }) {
  switch (entry.kind) {
    case 'QUESTIONS':
      return <Questions questions={entry.detail?.questions ?? []} />
    case 'VOICE_MESSAGE':
      return (
        <>
          {entry.text}
          {entry.detail?.recordingSid && <Recording sid={entry.detail.recordingSid} />}
        </>
      )
    case 'APPOINTMENT':
    case 'SUMMARY':
      return humanise(entry.text, zone)
    default:
      return entry.text.startsWith(WHISPER) ? entry.text.slice(WHISPER.length) : entry.text
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
