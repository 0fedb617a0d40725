import { Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core'
import { DateTimePicker } from '@mantine/dates'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { Link } from 'wouter'
import { useNoActing, useZone } from '../session/operator'
import type { StaffMember } from '../settings/api'
import { useAction } from '../shared/action'
import { ActButton } from '../shared/ActButton'
import { phone } from '../shared/people'
import { ProblemNotice } from '../shared/ProblemNotice'
import { clock, moment } from '../shared/time'
import { book, type Move } from './api'
import type { Block } from './events'
import { instantOf, wallClock } from '../shared/wallClock'

interface AppointmentDialogProps {
  block: Block
  staff: StaffMember[]
  moving: boolean
  onMove: (move: Move) => Promise<boolean>
  onCancelled: () => void
  onClose: () => void
}

/** One visit: what it is, and moving or cancelling it without dragging. */
export function AppointmentDialog({ block, staff, moving, onMove, onCancelled, onClose }: AppointmentDialogProps) {
  const { appointment } = block
  const zone = useZone()
  const viewer = useNoActing()
  const [start, setStart] = useState<string | null>(wallClock(appointment.startTime, zone))
  const [staffId, setStaffId] = useState<string | null>(appointment.employeeId)
  const [reason, setReason] = useState('')
  const cancel = useAction((why: string) => book.cancel(appointment.id, why || undefined))
  const changed =
    start !== null && (start !== wallClock(appointment.startTime, zone) || staffId !== appointment.employeeId)

  const doCancel = async () => {
    if (!(await cancel.run(reason.trim()))) return
    notifications.show({ message: `The visit of ${appointment.customerName} is cancelled.` })
    onCancelled()
    onClose()
  }

  return (
    <Modal opened onClose={onClose} title={appointment.customerName} size="md">
      <Stack gap="md">
        <div>
          {appointment.items.map((item) => (
            <Text key={item.startTime + item.serviceName} size="sm">
              {item.serviceName}
              {item.addOns && ` with ${item.addOns.join(', ')}`} · {item.employeeName} · {moment(item.startTime, zone)}–
              {clock(item.endTime, zone)}
              {item.chairName && ` · ${item.chairName}`}
            </Text>
          ))}
          <Text size="sm" c="dimmed">
            {appointment.customerPhone && `${phone(appointment.customerPhone)} · `}
            {appointment.status}
          </Text>
          {appointment.notes && <Text size="sm">{appointment.notes}</Text>}
        </div>
        <Button component={Link} href={`/leads/${appointment.leadId}`} variant="light">
          Open the conversation
        </Button>
        <Group align="end" gap="sm" wrap="wrap">
          <DateTimePicker
            label="Move to"
            value={start}
            onChange={setStart}
            valueFormat="ddd, MMM D, h:mm A"
            timePickerProps={{ format: '12h', minutesStep: 5 }}
            flex={1}
            miw={210}
            disabled={viewer !== undefined}
          />
          <Select
            label="With"
            data={staff.map(({ id, name }) => ({ value: id, label: name }))}
            value={staffId}
            onChange={setStaffId}
            allowDeselect={false}
            w={140}
            disabled={viewer !== undefined}
          />
          <ActButton
            reason={viewer}
            disabled={!viewer && !changed}
            loading={moving}
            onClick={() =>
              void onMove({ id: appointment.id, start: instantOf(start!, zone), staffId: staffId ?? undefined })
            }
          >
            Move
          </ActButton>
        </Group>
        <Group align="end" gap="sm">
          <TextInput
            label="Cancel the visit"
            placeholder="Why (for colleagues)"
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            maxLength={500}
            flex={1}
            disabled={viewer !== undefined}
          />
          <ActButton variant="light" color="red" c="var(--bad)" reason={viewer} loading={cancel.busy} onClick={() => void doCancel()}>
            Cancel it
          </ActButton>
        </Group>
        <ProblemNotice error={cancel.error} />
      </Stack>
    </Modal>
  )
}
