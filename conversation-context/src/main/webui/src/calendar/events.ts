import type { ScheduleEventData } from '@mantine/schedule'
import type { Closure, StaffMember } from '../settings/api'
import type { Appointment, Item } from './api'
import { wallClock } from '../shared/wallClock'

/** One service of a visit on the calendar. */
export interface Block {
  appointment: Appointment
  item: Item
}

export type BlockEvent = ScheduleEventData<Record<PropertyKey, unknown>>

/** A colour for each person, by place in the list of staff; each is readable in both schemes. */
const COLOURS = ['cyan', 'grape', 'orange', 'teal', 'indigo', 'pink', 'lime', 'blue']

export function colourOf(staffId: string, staff: StaffMember[]): string {
  const index = staff.findIndex((member) => member.id === staffId)
  return COLOURS[Math.max(0, index) % COLOURS.length]!
}

/** A visit that is being moved, until the server has said whether it may be. */
export interface Moving {
  id: string
  shiftMillis: number
  staffId?: string
}

/** Every service of every visit that stands, in its person's row. */
export function events(book: Appointment[], staff: StaffMember[], zone: string, moving?: Moving): BlockEvent[] {
  return book
    .filter((appointment) => appointment.status !== 'cancelled')
    .flatMap((appointment) =>
      appointment.items.map((item, index) => {
        const moved = moving?.id === appointment.id ? moving : undefined
        const staffId = moved?.staffId ?? item.employeeId
        const shifted = (time: string) => wallClock(new Date(Date.parse(time) + (moved?.shiftMillis ?? 0)), zone)
        const payload: Block = { appointment, item }
        return {
          id: `${appointment.id}/${index}`,
          title: `${appointment.customerName}, ${item.serviceName}`,
          start: shifted(item.startTime),
          end: shifted(item.endTime),
          color: colourOf(staffId, staff),
          resourceId: staffId,
          payload: { ...payload, moving: moved !== undefined },
        }
      }),
    )
}

/** When nobody can be booked: closed days of the business, and a person's time off. */
export function backgrounds(closures: Closure[], staff: StaffMember[], year: number): BlockEvent[] {
  const closed = closures.flatMap((closure) => {
    const onYear = (time: string) => (closure.yearly ? `${year}${time.slice(4)}` : time)
    return staff.map((member) => ({
      id: `closed ${closure.id} ${member.id}`,
      title: closure.name,
      start: asWall(onYear(closure.from)),
      end: asWall(onYear(closure.to)),
      color: 'gray',
      display: 'background' as const,
      resourceId: member.id,
    }))
  })
  const away = staff.flatMap((member) =>
    (member.timeOff ?? []).map((off, index) => ({
      id: `off ${member.id} ${index}`,
      title: off.reason ?? 'Time off',
      start: asWall(off.from),
      end: asWall(off.to),
      color: 'gray',
      display: 'background' as const,
      resourceId: member.id,
    })),
  )
  return [...closed, ...away]
}

/** `2026-12-24T00:00` as the calendar writes it. */
function asWall(local: string): string {
  const [day, time = '00:00'] = local.split('T')
  return `${day} ${time.length === 5 ? `${time}:00` : time}`
}

export function blockOf(event: ScheduleEventData): Block | undefined {
  const payload = event.payload as Partial<Block> | undefined
  return payload?.appointment && payload.item ? (payload as Block) : undefined
}
