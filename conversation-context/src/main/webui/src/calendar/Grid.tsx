import { DayView, ResourcesDayView, WeekView, type DayOfWeek, type ScheduleEventData, type ScheduleViewLevel } from '@mantine/schedule'
import { useZone } from '../session/operator'
import type { DayHours, StaffMember } from '../settings/api'
import classes from './Calendar.module.css'
import { blockOf, type BlockEvent } from './events'
import { wallClock } from '../shared/wallClock'

export type GridView = 'day' | 'week'

interface GridProps {
  view: GridView
  onView: (view: GridView) => void
  narrow: boolean
  day: string
  onDay: (day: string) => void
  staff: StaffMember[]
  events: BlockEvent[]
  hours: Record<string, DayHours>
  span: { from: string; to: string }
  onOpen: (event: ScheduleEventData) => void
  /** A block was dropped at a wall clock, in a person's row where there are rows; absent where nothing may be moved. */
  onDrop?: (event: BlockEvent, start: string, staffId?: string) => void
  /** An empty place was chosen; absent where nothing may be booked. */
  onEmpty?: (start: string, staffId?: string) => void
}

const VIEWS: GridView[] = ['day', 'week']
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
/** Visits are moved in steps of a quarter of an hour. */
const STEP_MINUTES = 15

/** The library's views: a day with a row for each person; on narrow screens one day downwards; a week with everybody in it. */
export function Grid({ view, onView, narrow, day, onDay, staff, events, hours, span, onOpen, onDrop, onEmpty }: GridProps) {
  const zone = useZone()
  const shared = {
    date: day,
    // Some of the views say the time of day too.
    onDateChange: (next: string) => onDay(next.slice(0, 10)),
    events,
    startTime: span.from,
    endTime: span.to,
    slotLabelFormat: 'h A',
    getCurrentTime: () => wallClock(new Date(), zone),
    withCurrentTimeIndicator: day === wallClock(new Date(), zone).slice(0, 10),
    withEventsDragAndDrop: onDrop !== undefined,
    eventDragInterval: STEP_MINUTES,
    canDragEvent: (event: ScheduleEventData) => blockOf(event)?.appointment.status === 'scheduled',
    onEventClick: onOpen,
    renderEventBody: (event: ScheduleEventData) => <Body event={event} />,
    onViewChange: (next: ScheduleViewLevel) => onView(next === 'week' ? 'week' : 'day'),
    viewSelectProps: { views: VIEWS },
    labels: { resource: 'Person', resources: 'People' },
  }
  const rows = new Map(staff.map((member) => [member.id, member.name]))

  if (view === 'week') {
    return (
      <WeekView
        {...shared}
        withAllDaySlots={false}
        highlightToday
        highlightBusinessHours
        businessHours={businessHours(hours)}
        firstDayOfWeek={1}
        intervalMinutes={60}
        slotHeight={narrow ? 44 : 52}
        onEventDrop={({ event, newStart }) => onDrop?.(event as BlockEvent, newStart)}
        onTimeSlotClick={({ slotStart }) => onEmpty?.(slotStart)}
      />
    )
  }
  const today = hours[WEEKDAYS[new Date(`${day}T12:00:00Z`).getUTCDay()]!]
  const open: [string, string] = today?.enabled ? [`${today.open}:00`, `${today.close}:00`] : ['00:00:00', '00:00:00']
  if (narrow) {
    return (
      <DayView
        {...shared}
        withAllDaySlot={false}
        intervalMinutes={30}
        slotHeight={72}
        highlightBusinessHours
        businessHours={open}
        onEventDrop={({ event, newStart }) => onDrop?.(event as BlockEvent, newStart)}
        onTimeSlotClick={({ slotStart }) => onEmpty?.(slotStart)}
      />
    )
  }
  return (
    <ResourcesDayView
      {...shared}
      resources={staff.map((member) => ({ id: member.id, label: rows.get(member.id) }))}
      intervalMinutes={60}
      slotWidth={`max(90px, calc((100vw - 200px) / ${hoursOf(span)}))`}
      rowHeight={76}
      highlightBusinessHours
      businessHours={open}
      onEventDrop={({ event, newStart, resourceId }) => onDrop?.(event as BlockEvent, newStart, resourceId as string | undefined)}
      onTimeSlotClick={({ slotStart, resourceId }) => onEmpty?.(slotStart, resourceId as string | undefined)}
    />
  )
}

function hoursOf({ from, to }: GridProps['span']): number {
  return Math.ceil(Number(to.slice(0, 2)) + Number(to.slice(3, 5)) / 60) - Number(from.slice(0, 2))
}

function businessHours(hours: Record<string, DayHours>) {
  return Object.fromEntries(
    WEEKDAYS.map((name, index) => {
      const day = hours[name]
      return [index, day?.enabled ? [`${day.open}:00`, `${day.close}:00`] : null]
    }),
  ) as Record<DayOfWeek, [string, string] | null>
}

function Body({ event }: { event: ScheduleEventData }) {
  const block = blockOf(event)
  if (!block) return <>{event.title}</>
  const { appointment, item } = block
  const moving = (event.payload as { moving?: boolean }).moving
  return (
    <span className={classes.body} data-moving={moving || undefined}>
      <strong>{appointment.customerName}</strong>
      <span>
        {item.serviceName}
        {item.chairName && ` · ${item.chairName}`}
      </span>
    </span>
  )
}
