import { Badge } from '@mantine/core'
import type { Entry } from '../../shared/model'
import { ChannelIcon, channelLabel } from '../../shared/ChannelIcon'
import { clock } from '../../shared/time'
import { Delivery } from './Delivery'
import classes from './Entries.module.css'

const WHO = { CUSTOMER: 'Customer', AGENT: 'Agent', OPERATOR: 'Operator' }

/** Words of one speaker close together share one heading. */
const RUN_MILLIS = 120_000

/** What somebody said or wrote. */
export function Bubble({ entry, before, zone }: { entry: Entry; before?: Entry; zone: string }) {
  const speaker = entry.speaker ?? 'AGENT'
  return (
    <article
      className={classes.row}
      data-speaker={speaker}
      data-continued={continues(entry, before) || undefined}
      data-said
      aria-label={`${WHO[speaker]}, ${channelLabel(entry.channel)}, ${clock(entry.time, zone)}`}
    >
      <div className={classes.bubble} data-provisional={entry.provisional || undefined}>
        {entry.text || <em>No text</em>}
        {entry.interrupted && (
          <span className={classes.cut} title="The customer spoke before this was finished">
            {' '}
            — cut short{entry.detail?.text && `; not heard: ${entry.detail.text}`}
          </span>
        )}
      </div>
      <div className={classes.meta}>
        <ChannelIcon channel={entry.channel} size={13} />
        <time dateTime={entry.time}>{clock(entry.time, zone)}</time>
        {entry.provisional && <em>heard live</em>}
        {entry.channel === 'SMS' && speaker === 'OPERATOR' && (
          <Badge size="xs" variant="light" color="yellow" tt="none" radius="sm" c="var(--ink)">
            by a person
          </Badge>
        )}
        {entry.channel === 'SMS' && speaker !== 'CUSTOMER' && entry.status && (
          <Delivery status={entry.status} reason={entry.detail?.reason} />
        )}
      </div>
    </article>
  )
}

function continues(entry: Entry, before: Entry | undefined): boolean {
  return (
    before !== undefined &&
    (before.kind === 'TURN' || before.kind === 'MESSAGE') &&
    before.speaker === entry.speaker &&
    before.channel === entry.channel &&
    Date.parse(entry.time) - Date.parse(before.time) < RUN_MILLIS
  )
}
