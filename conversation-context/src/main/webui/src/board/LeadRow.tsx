import { Avatar } from '@mantine/core'
import { Link } from 'wouter'
import type { Lead, Speaker } from '../shared/api'
import { ChannelIcon } from '../shared/ChannelIcon'
import { IconUser } from '../shared/icons'
import { LiveBadge } from '../shared/LiveBadge'
import { initials, title } from '../shared/people'
import { ScoreBadge } from '../shared/ScoreBadge'
import { brief } from '../shared/time'

const WHO: Record<Speaker, string> = { CUSTOMER: '', AGENT: 'Agent: ', OPERATOR: 'You: ' }

/** One lead of the board. */
export function LeadRow({ lead, zone, selected }: { lead: Lead; zone: string; selected: boolean }) {
  return (
    <Link href={`/leads/${lead.leadId}`} className="lead-row" aria-current={selected ? 'page' : undefined}>
      <Avatar radius="xl" size={40} color={lead.name ? 'cyan' : 'gray'} aria-hidden>
        {initials(lead.name) ?? <IconUser size={20} />}
      </Avatar>
      <span className="lead-row-body">
        <span className="lead-row-line">
          <span className="lead-row-name">{title(lead)}</span>
          {lead.onThePhone ? (
            <LiveBadge />
          ) : (
            <time className="lead-row-time" dateTime={lead.lastActivity}>
              {brief(lead.lastActivity, zone)}
            </time>
          )}
        </span>
        <span className="lead-row-line">
          <span className="lead-row-text">
            {lead.lastChannel && <ChannelIcon channel={lead.lastChannel} />}
            <span>
              {lead.lastSpeaker && WHO[lead.lastSpeaker]}
              {lead.lastText ?? 'Nothing said yet'}
            </span>
          </span>
          {lead.score !== undefined && <ScoreBadge score={lead.score} />}
        </span>
      </span>
    </Link>
  )
}
