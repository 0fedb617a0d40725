import { Button, Group, Skeleton, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { lazy, Suspense } from 'react'
import { useNoActing, useZone } from '../../session/operator'
import { useAction } from '../../shared/action'
import { ActButton, ActIcon } from '../../shared/ActButton'
import { IconPlay, IconPlus, IconX } from '../../shared/icons'
import { useLoaded } from '../../shared/load'
import { ProblemNotice } from '../../shared/ProblemNotice'
import { moment } from '../../shared/time'
import classes from '../LeadPane.module.css'
import { followUps, HOW, type FollowUp } from './api'

const ScheduleDialog = lazy(() => import('./ScheduleDialog'))

const OPEN = new Set<FollowUp['state']>(['scheduled', 'due', 'doing'])
/** Of those that are over the timeline tells; the newest are kept here for their reasons. */
const MOST_OVER = 3

/** What will be done for this customer by itself, or was; `version` changes when it should be asked again. */
export function FollowUps({ leadId, version }: { leadId: string; version: string }) {
  const zone = useZone()
  const reason = useNoActing()
  const [asked, { open, close }] = useDisclosure(false)
  const all = useLoaded(`follow-ups ${leadId}`, () => followUps.of(leadId), version)
  const act = useAction(async ({ id, now }: { id: string; now: boolean }) => {
    await (now ? followUps.now(id) : followUps.cancel(id))
    all.reload()
  })
  const waiting = all.data?.filter((one) => OPEN.has(one.state)) ?? []
  const over = all.data?.filter((one) => !OPEN.has(one.state)).slice(-MOST_OVER) ?? []
  return (
    <>
      {all.loading && !all.data ? (
        <Skeleton height={16} width="60%" />
      ) : waiting.length + over.length === 0 ? (
        <Text size="sm" c="dimmed">
          {all.error ? 'They could not be looked up.' : 'None planned.'}
        </Text>
      ) : (
        <ul className={classes.appointments}>
          {waiting.map((one) => (
            <li key={one.id}>
              <Group justify="space-between" wrap="nowrap" gap={4}>
                <strong>{HOW[one.channel]}</strong>
                <Group gap={2} wrap="nowrap">
                  <ActIcon variant="subtle" size="sm" reason={reason} label="Do it now" onClick={() => void act.run({ id: one.id, now: true })}>
                    <IconPlay size={13} />
                  </ActIcon>
                  <ActIcon
                    variant="subtle"
                    color="red"
                    size="sm"
                    reason={reason}
                    label="Cancel it"
                    onClick={() => void act.run({ id: one.id, now: false })}
                  >
                    <IconX size={15} />
                  </ActIcon>
                </Group>
              </Group>
              <span>
                {moment(one.dueAt, zone)} · {one.why}
              </span>
              {(one.text ?? one.note) && <Text size="xs">{one.text ?? one.note}</Text>}
            </li>
          ))}
          {over.map((one) => (
            <li key={one.id}>
              <span>
                {HOW[one.channel]}, {one.state} · {one.note ?? one.why}
              </span>
            </li>
          ))}
        </ul>
      )}
      <ProblemNotice error={act.error} onClose={act.clear} />
      <ActButton
        variant="subtle"
        size="compact-sm"
        mt={6}
        reason={reason}
        leftSection={<IconPlus size={15} aria-hidden />}
        onClick={open}
      >
        Text or call later
      </ActButton>
      {asked && (
        <Suspense fallback={<Button loading variant="subtle" size="compact-sm" aria-label="Loading" />}>
          <ScheduleDialog leadId={leadId} onScheduled={all.reload} onClose={close} />
        </Suspense>
      )}
    </>
  )
}
