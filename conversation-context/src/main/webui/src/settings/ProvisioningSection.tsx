import { Badge, Group, Skeleton, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useNoAdministering } from '../session/operator'
import { useAction } from '../shared/action'
import { ActButton } from '../shared/ActButton'
import { IconCloud } from '../shared/icons'
import { useLoaded } from '../shared/load'
import { ProblemNotice } from '../shared/ProblemNotice'
import { settings, type Plan } from './api'
import classes from './Settings.module.css'

const ACTIONS = { create: 'to be made', change: 'to be changed', none: 'as it should be' }
const OUTCOMES = { done: 'done', unchanged: 'as it should be', failed: 'failed', 'not-tried': 'not tried' }

/** What has to be set up at Twilio and ElevenLabs, and setting it up. */
export function ProvisioningSection({ tenantId }: { tenantId: string }) {
  const reason = useNoAdministering()
  const plan = useLoaded(reason ? null : `plan ${tenantId}`, () => settings.plan(tenantId))
  const apply = useAction(async () => {
    const done = await settings.provision(tenantId)
    plan.set(done)
    return done
  })
  const run = async () => {
    const done = await apply.run(undefined)
    if (done && done.steps.every((step) => step.outcome !== 'failed')) notifications.show({ message: 'Everything is set up.' })
  }
  if (reason) return <Text c="dimmed">{reason}</Text>
  const open = plan.data?.steps.filter((step) => step.action !== 'none' && step.outcome !== 'done').length ?? 0
  return (
    <Stack gap="md">
      <ProblemNotice error={apply.error ?? plan.error} />
      {!plan.data ? !plan.error && <Skeleton height={260} /> : <Steps plan={plan.data} />}
      <Group>
        <ActButton
          loading={apply.busy}
          disabled={!plan.data || open === 0}
          leftSection={<IconCloud size={16} aria-hidden />}
          onClick={() => void run()}
        >
          {open === 0 ? 'Nothing to do' : open === 1 ? 'Do this step' : `Do these ${open} steps`}
        </ActButton>
        <ActButton variant="default" loading={plan.loading && !apply.busy} onClick={plan.reload}>
          Look again
        </ActButton>
      </Group>
    </Stack>
  )
}

function Steps({ plan }: { plan: Plan }) {
  return (
    <>
      <ol className={classes.rows} style={{ margin: 0, padding: 0, listStyle: 'none' }}>
        {plan.steps.map((step) => (
          <li key={step.id} className={classes.row}>
            <div className={classes.grow}>
              <Text>
                <Text span fw={600}>
                  {step.target}
                </Text>{' '}
                {step.what}
              </Text>
              {step.differences.length > 0 && (
                <ul className={classes.differences}>
                  {step.differences.map((line) => (
                    <li key={line}>{line}</li>
                  ))}
                </ul>
              )}
              {step.problem && (
                <Text size="sm" c="var(--bad)">
                  {step.problem}
                </Text>
              )}
            </div>
            <Mark word={step.outcome ? OUTCOMES[step.outcome] : ACTIONS[step.action]} bad={step.outcome === 'failed'} good={step.action === 'none' || step.outcome === 'done'} />
          </li>
        ))}
      </ol>
      {plan.notes?.map((note) => (
        <Text key={note} size="sm" c="dimmed">
          {note}
        </Text>
      ))}
    </>
  )
}

function Mark({ word, bad, good }: { word: string; bad: boolean; good: boolean }) {
  const ground = bad ? 'bad' : good ? 'good' : 'accent'
  return (
    <Badge tt="none" radius="sm" bg={`var(--${ground}-ground)`} c={`var(--${ground})`}>
      {word}
    </Badge>
  )
}
