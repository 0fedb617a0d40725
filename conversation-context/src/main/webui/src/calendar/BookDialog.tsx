import { Button, Group, Modal, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { DateTimePicker } from '@mantine/dates'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { useZone } from '../session/operator'
import type { Service, StaffMember } from '../settings/api'
import { useAction } from '../shared/action'
import { ProblemNotice } from '../shared/ProblemNotice'
import { moment } from '../shared/time'
import { book, type Alternative, type Booking } from './api'
import { Alternatives } from './RefusedDialog'
import { instantOf, wallClock } from '../shared/wallClock'

interface BookDialogProps {
  start: string
  staffId?: string
  staff: StaffMember[]
  services: Service[]
  onBooked: () => void
  onClose: () => void
}

/** A new visit at the place that was chosen. */
export function BookDialog({ start: chosen, staffId: row, staff, services, onBooked, onClose }: BookDialogProps) {
  const zone = useZone()
  const [start, setStart] = useState<string | null>(wallClock(chosen, zone))
  const [staffId, setStaffId] = useState<string | null>(row ?? null)
  const [serviceId, setServiceId] = useState<string | null>(services.length === 1 ? services[0]!.id : null)
  const [name, setName] = useState('')
  const [phone, setPhone] = useState('')
  const [notes, setNotes] = useState('')
  const booking = useAction((wish: Booking, key) => book.book(wish, key))
  const wrong = (field: string) => booking.error?.problem.errors?.find((one) => one.field === field)?.message

  const reserve = async (at: string, withStaff?: string) => {
    const booked = await booking.run({
      serviceId: serviceId ?? '',
      staffId: withStaff,
      start: at,
      customerName: name.trim(),
      customerPhone: phone.trim() || undefined,
      notes: notes.trim() || undefined,
    })
    if (!booked) return
    notifications.show({ title: 'Booked', message: `${booked.customerName}, ${moment(booked.startTime, zone)}` })
    onBooked()
    onClose()
  }

  return (
    <Modal opened onClose={onClose} title="New visit">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (start) void reserve(instantOf(start, zone), staffId ?? undefined)
        }}
      >
        <Stack gap="sm">
          <Select
            label="Service"
            required
            data={services.map(({ id, name: label, duration }) => ({ value: id, label: `${label} · ${duration} min` }))}
            value={serviceId}
            onChange={setServiceId}
            error={wrong('serviceId')}
            data-autofocus
          />
          <Group grow align="start">
            <DateTimePicker
              label="When"
              required
              value={start}
              onChange={setStart}
              valueFormat="ddd, MMM D, h:mm A"
              timePickerProps={{ format: '12h', minutesStep: 5 }}
              error={wrong('start')}
            />
            <Select
              label="With"
              placeholder="Anybody"
              data={staff.map(({ id, name: label }) => ({ value: id, label }))}
              value={staffId}
              onChange={setStaffId}
              clearable
              clearButtonProps={{ 'aria-label': 'Anybody' }}
            />
          </Group>
          <TextInput
            label="Customer"
            required
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={wrong('customerName')}
            maxLength={200}
          />
          <TextInput
            label="Phone"
            type="tel"
            description="With it the visit stands in the customer’s conversation."
            value={phone}
            onChange={(event) => setPhone(event.currentTarget.value)}
            error={wrong('customerPhone')}
          />
          <Textarea label="Notes" value={notes} onChange={(event) => setNotes(event.currentTarget.value)} maxLength={2000} autosize />
          <ProblemNotice error={booking.error} />
          <Alternatives
            found={(booking.error?.problem.alternatives as Alternative[] | undefined) ?? []}
            zone={zone}
            busy={booking.busy}
            onChoose={(one) => void reserve(one.start, one.staffId)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Close
            </Button>
            <Button type="submit" loading={booking.busy} disabled={!serviceId || !start || !name.trim()}>
              Book
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
