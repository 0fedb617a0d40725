import '@mantine/dates/styles.css'
import '@mantine/schedule/styles.css'
import { Alert, Group, Select, Skeleton, Title } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useSearchParams } from 'wouter'
import { useNoActing, useZone } from '../session/operator'
import { useAction } from '../shared/action'
import { useNarrow } from '../shared/narrow'
import { Empty, Failed } from '../shared/states'
import { IconCalendar } from '../shared/icons'
import { AppointmentDialog } from './AppointmentDialog'
import { book, type Move } from './api'
import { BookDialog } from './BookDialog'
import classes from './Calendar.module.css'
import { backgrounds, blockOf, events, type Block, type BlockEvent, type Moving } from './events'
import { Grid, type GridView } from './Grid'
import { RefusedDialog } from './RefusedDialog'
import { useBook } from './useBook'
import { instantOf, wallClock } from '../shared/wallClock'

/** `?day=` in the address, so that a day can be told to a colleague. */
const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/

/** The book: a day by staff or a week, visits that are dragged to another time or person, and what stands in the way. */
export default function CalendarPage() {
  const zone = useZone()
  const viewer = useNoActing()
  const narrow = useNarrow()
  const [search, setSearch] = useSearchParams()
  const asked = search.get('day')
  const day = asked && DAY.test(asked) ? asked : wallClock(new Date(), zone).slice(0, 10)
  const setDay = (next: string) => setSearch({ day: next }, { replace: true })
  const [view, setView] = useState<GridView>('day')
  const [only, setOnly] = useState<string | null>(null)
  const [moving, setMoving] = useState<Moving>()
  const [opened, setOpened] = useState<Block>()
  const [empty, setEmpty] = useState<{ start: string; staffId?: string }>()
  const [refused, setRefused] = useState<{ block: Block; move: Move }>()
  const { visits, staff, services, closures, hours, span } = useBook(day)

  const people = staff.data ?? []
  const shown = only ? people.filter((member) => member.id === only) : people
  const blocks = useMemo(
    () => [
      ...events(visits.data ?? [], people, zone, moving),
      ...backgrounds(closures.data ?? [], people, Number(day.slice(0, 4))),
    ],
    [visits.data, people, zone, moving, closures.data, day],
  )
  const move = useAction((to: Move, key) => book.move(to, key))

  const tryMove = async (block: Block, to: Move) => {
    const { appointment } = block
    setMoving({
      id: appointment.id,
      shiftMillis: Date.parse(to.start) - Date.parse(appointment.startTime),
      staffId: appointment.items.length === 1 ? to.staffId : undefined,
    })
    const moved = await move.run(to)
    if (moved && visits.data) {
      visits.set(visits.data.map((other) => (other.id === moved.id ? moved : other)))
      setOpened(undefined)
      setRefused(undefined)
    } else setRefused({ block, move: to })
    // Dropped where the server did not want it, it lies again where it was.
    setMoving(undefined)
    return moved !== undefined
  }
  const drop = (event: BlockEvent, start: string, staffId?: string) => {
    const block = blockOf(event)
    if (!block) return
    const shift = Date.parse(instantOf(start, zone)) - Date.parse(block.item.startTime)
    const to = new Date(Date.parse(block.appointment.startTime) + shift).toISOString()
    if (shift === 0 && (!staffId || staffId === block.item.employeeId)) return
    void tryMove(block, { id: block.appointment.id, start: to, staffId: staffId ?? block.item.employeeId })
  }

  if (visits.error && !visits.data) {
    return (
      <main id="main" className={classes.page}>
        <Failed title="The book did not load" detail={visits.error.message} onRetry={visits.reload} />
      </main>
    )
  }
  return (
    <main id="main" className={classes.page} aria-busy={!visits.data}>
      <Group justify="space-between" mb="sm" gap="sm">
        <Title order={1} size="h3">
          Calendar
        </Title>
        <Select
          aria-label="Whose visits"
          placeholder="Everybody"
          size="sm"
          w={170}
          data={people.map(({ id, name }) => ({ value: id, label: name }))}
          value={only}
          onChange={setOnly}
          clearable
          clearButtonProps={{ 'aria-label': 'Everybody' }}
        />
      </Group>
      {visits.error && (
        <Alert color="yellow" variant="light" mb="sm" role="status">
          What is shown may be old: {visits.error.message}
        </Alert>
      )}
      {!visits.data || !staff.data ? (
        <Skeleton height="70vh" />
      ) : people.length === 0 ? (
        <Empty icon={<IconCalendar size={26} aria-hidden />} title="Nobody can be booked yet">
          Add people and services in the settings; their days are here then.
        </Empty>
      ) : (
        <Grid
          view={view}
          onView={setView}
          narrow={narrow}
          day={day}
          onDay={setDay}
          staff={shown}
          events={blocks.filter((event) => shown.some((member) => member.id === event.resourceId))}
          hours={hours ?? {}}
          span={span}
          onOpen={(event) => setOpened(blockOf(event))}
          onDrop={viewer ? undefined : drop}
          onEmpty={viewer ? undefined : (start, staffId) => setEmpty({ start: instantOf(start, zone), staffId })}
        />
      )}
      {opened && !refused && (
        <AppointmentDialog
          block={opened}
          staff={people}
          moving={move.busy}
          onMove={(to) => tryMove(opened, to)}
          onCancelled={visits.reload}
          onClose={() => setOpened(undefined)}
        />
      )}
      {refused && (
        <RefusedDialog
          block={refused.block}
          wish={refused.move}
          error={move.error}
          busy={move.busy}
          onMove={(to) => void tryMove(refused.block, to)}
          onClose={() => setRefused(undefined)}
        />
      )}
      {empty && (
        <BookDialog
          start={empty.start}
          staffId={empty.staffId}
          staff={people}
          services={services.data ?? []}
          onBooked={visits.reload}
          onClose={() => setEmpty(undefined)}
        />
      )}
    </main>
  )
}
