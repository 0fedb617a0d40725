import { Button, Modal, Stack, Text } from '@mantine/core'
import { useZone } from '../session/operator'
import type { ApiError } from '../shared/http'
import { ProblemNotice } from '../shared/ProblemNotice'
import { moment } from '../shared/time'
import type { Alternative, Move } from './api'
import classes from './Calendar.module.css'
import type { Block } from './events'

interface RefusedDialogProps {
  block: Block
  wish: Move
  error?: ApiError
  busy: boolean
  onMove: (move: Move) => void
  onClose: () => void
}

/** Why a visit cannot be moved to where it was dropped, and where it could be. */
export function RefusedDialog({ block, wish, error, busy, onMove, onClose }: RefusedDialogProps) {
  const zone = useZone()
  const alternatives = (error?.problem.alternatives as Alternative[] | undefined) ?? []
  return (
    <Modal opened onClose={onClose} title={`${block.appointment.customerName} stays where they were`}>
      <Stack gap="md">
        <Text size="sm">
          Wished for: {moment(wish.start, zone)}. The visit is still {moment(block.appointment.startTime, zone)} with{' '}
          {block.appointment.employeeName}.
        </Text>
        <ProblemNotice error={error} />
        <Alternatives
          found={alternatives.filter((one) => !isThere(one, block))}
          zone={zone}
          busy={busy}
          onChoose={(one) => onMove({ id: wish.id, start: one.start, staffId: one.staffId })}
        />
        {error?.passing && (
          <Button variant="default" loading={busy} onClick={() => onMove(wish)}>
            Try again
          </Button>
        )}
      </Stack>
    </Modal>
  )
}

/** Where the visit is already. */
function isThere(one: Alternative, { appointment }: Block): boolean {
  return Date.parse(one.start) === Date.parse(appointment.startTime) && one.staffId === appointment.employeeId
}

interface AlternativesProps {
  found: Alternative[]
  zone: string
  busy: boolean
  onChoose: (one: Alternative) => void
}

/** Times that would be free, each a button. */
export function Alternatives({ found, zone, busy, onChoose }: AlternativesProps) {
  if (found.length === 0) return null
  return (
    <div className={classes.alternatives} role="group" aria-label="Free instead">
      <Text size="sm" fw={600}>
        Free instead
      </Text>
      {found.map((one) => (
        <Button key={one.start + one.staffId} variant="light" disabled={busy} onClick={() => onChoose(one)}>
          {moment(one.start, zone)} · {one.staffName}
        </Button>
      ))}
    </div>
  )
}
