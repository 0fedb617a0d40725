import { Avatar, Badge } from '@mantine/core'
import { memo } from 'react'
import { Link } from 'wouter'
import type { Lead, Speaker } from '../shared/model'
import { ChannelIcon } from '../shared/ChannelIcon'
import { IconUser } from '../shared/icons'
import { LiveBadge } from '../shared/LiveBadge'
import { initials, title } from '../shared/people'
import { ScoreBadge } from '../shared/ScoreBadge'
import { brief } from '../shared/time'
import classes from './LeadList.module.css'

const WHO: Record<Speaker, string> = { CUSTOMER: '', AGENT: 'Agent: ', OPERATOR: 'You: ' }

interface LeadRowProps {
  lead: Lead
  zone: string
  selected: boolean
  index: number
}

/** One conversation of the list. */
export const LeadRow = memo(function LeadRow({ lead, zone, selected, index }: LeadRowProps) {
  return (
    <Link
      href={`/leads/${lead.leadId}`}
      className={classes.row}
      aria-current={selected ? 'page' : undefined}
      data-index={index}
    >
      <Avatar radius="xl" size={40} color={lead.name ? 'cyan' : 'gray'} aria-hidden>
        {initials(lead.name) ?? <IconUser size={20} />}
      </Avatar>
      <span className={classes.body}>
        <span className={classes.line}>
          <span className={classes.name}>{title(lead)}</span>
          {lead.onThePhone ? (
            <LiveBadge />
          ) : (
            <time className={classes.time} dateTime={lead.lastActivity}>
              {brief(lead.lastActivity, zone)}
            </time>
          )}
        </span>
        <span className={classes.line}>
          <span className={classes.words}>
            {lead.lastChannel && <ChannelIcon channel={lead.lastChannel} />}
            <span>
              {lead.lastSpeaker && WHO[lead.lastSpeaker]}
              {lead.lastText ?? 'Nothing said yet'}
            </span>
          </span>
          {lead.waitingSince && (
            <Badge size="xs" color="orange" variant="light" c="var(--ink)" tt="none" radius="sm" flex="none">
              waiting
            </Badge>
          )}
          {lead.score !== undefined && <ScoreBadge score={lead.score} />}
        </span>
      </span>
    </Link>
  )
})
