import { Text, Title } from '@mantine/core'
import { useZone } from '../session/operator'
import type { Entry } from '../shared/model'
import { exactly } from '../shared/time'
import classes from './Call.module.css'

const WHO = { CUSTOMER: 'Customer', AGENT: 'Agent', OPERATOR: 'Operator' }

/** What was said on the call. */
export function Transcript({ entries }: { entries: Entry[] }) {
  const zone = useZone()
  const turns = entries.filter((entry) => entry.kind === 'TURN')
  return (
    <section className={classes.sheet} aria-label="What was said">
      <Title order={2} size="h6" mb={8}>
        What was said
      </Title>
      {turns.length === 0 ? (
        <Text c="dimmed" size="sm">
          No words are known of this call.
        </Text>
      ) : (
        <ol className={classes.words} style={{ gridTemplateColumns: 'minmax(0, 1fr)' }}>
          {turns.map((turn) => (
            <li key={turn.id}>
              <time dateTime={turn.time}>{exactly(turn.time, zone)}</time>
              <b>{WHO[turn.speaker ?? 'AGENT']}</b>
              <span>{turn.text}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
