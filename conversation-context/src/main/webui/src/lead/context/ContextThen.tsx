import { Skeleton, Text } from '@mantine/core'
import { useZone } from '../../session/operator'
import { useLoaded } from '../../shared/load'
import type { Entry } from '../../shared/model'
import { ProblemNotice } from '../../shared/ProblemNotice'
import { humanise, momentExactly } from '../../shared/time'
import { leads } from '../api'
import classes from './Context.module.css'

/** The text an agent would have got at one moment. */
export function ContextThen({ leadId, at, entry }: { leadId: string; at: string; entry?: Entry }) {
  const zone = useZone()
  const context = useLoaded(`context ${leadId} ${at}`, () => leads.context(leadId, at))
  return (
    <>
      <div>
        <Text fw={600} role="status">
          {momentExactly(at, zone)}
        </Text>
        {entry && (
          <Text size="sm" c="dimmed" lineClamp={2}>
            {humanise(entry.text, zone)}
          </Text>
        )}
      </div>
      <ProblemNotice error={context.error} />
      {context.data ? (
        context.data.promptContext ? (
          <pre className={classes.prompt} tabIndex={0} aria-label="What the agent was told">
            {context.data.promptContext}
          </pre>
        ) : (
          <Text c="dimmed">Nothing: the agent met a stranger.</Text>
        )
      ) : (
        !context.error && <Skeleton height={220} />
      )}
    </>
  )
}
