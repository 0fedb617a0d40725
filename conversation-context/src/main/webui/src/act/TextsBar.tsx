import { Group, Text } from '@mantine/core'
import { useNoActing, useOperator } from '../session/operator'
import { useAction } from '../shared/action'
import { ActButton } from '../shared/ActButton'
import { IconHand, IconMachine } from '../shared/icons'
import { useLoaded } from '../shared/load'
import { ProblemNotice } from '../shared/ProblemNotice'
import { clock } from '../shared/time'
import { acts } from './api'
import classes from './Bars.module.css'

/** Who answers this lead's texts, the agent or a person, and the switch between them. Nothing where nobody ever texted. */
export function TextsBar({ leadId, version }: { leadId: string; version: string }) {
  const { tenant } = useOperator()
  const viewer = useNoActing()
  const conversation = useLoaded(`texts ${leadId}`, () => acts.conversation(leadId), version)
  const change = useAction(async (take: boolean) => {
    conversation.set(await (take ? acts.takeOver(leadId) : acts.giveBack(leadId)))
  })
  const state = conversation.data
  if (!state) return null
  return (
    <div className={classes.bar} data-human={state.takenOver || undefined}>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Group gap={8} wrap="nowrap" miw={0}>
          {state.takenOver ? <IconHand size={17} aria-hidden /> : <IconMachine size={17} aria-hidden />}
          <Text size="sm" role="status">
            {state.takenOver
              ? `${state.by ?? 'A person'} answers the texts${state.since ? ` since ${clock(state.since, tenant.timeZone)}` : ''}; the agent is silent.`
              : 'The agent answers the texts.'}
          </Text>
        </Group>
        <ActButton
          size="compact-sm"
          variant={state.takenOver ? 'filled' : 'default'}
          reason={viewer}
          loading={change.busy}
          onClick={() => void change.run(!state.takenOver)}
        >
          {state.takenOver ? 'Give back' : 'Take over'}
        </ActButton>
      </Group>
      <ProblemNotice error={change.error} onClose={change.clear} />
    </div>
  )
}
