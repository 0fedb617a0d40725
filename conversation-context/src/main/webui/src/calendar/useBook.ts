import { useMemo } from 'react'
import { useRefreshOnChange } from '../board/BoardStream'
import { useOperator } from '../session/operator'
import { settings, type DayHours } from '../settings/api'
import { useLoaded } from '../shared/load'
import { book } from './api'
import { dayAfter, mondayOf } from '../shared/wallClock'

/** The week a day lies in, with those who work and when; kept true by the board's stream. */
export function useBook(day: string) {
  const { tenant } = useOperator()
  const monday = mondayOf(day)
  const visits = useLoaded(`book ${monday}`, () => book.between(monday, dayAfter(monday, 7)))
  useRefreshOnChange(visits.reload, 400)
  const business = useLoaded(`tenant ${tenant.id}`, () => settings.tenant(tenant.id))
  const staff = useLoaded(`staff ${tenant.id}`, () => settings.staff(tenant.id))
  const services = useLoaded(`services ${tenant.id}`, () => settings.services(tenant.id))
  const closures = useLoaded(`closures ${tenant.id}`, () => settings.closures(tenant.id))
  const hours = business.data?.settings.businessHours
  const span = useMemo(() => daySpan(hours ?? {}), [hours])
  return { visits, staff, services, closures, hours, span }
}

/** From an hour before the earliest opening to an hour after the latest closing, as the calendar's axis. */
function daySpan(hours: Record<string, DayHours>): { from: string; to: string } {
  const open = Object.values(hours).filter((day) => day.enabled)
  if (open.length === 0) return { from: '07:00:00', to: '21:00:00' }
  const first = Math.min(...open.map((day) => Number(day.open.slice(0, 2))))
  const last = Math.max(...open.map((day) => (day.close <= day.open ? 24 : Math.ceil(Number(day.close.slice(0, 2)) + Number(day.close.slice(3, 5)) / 60))))
  const two = (hour: number) => String(hour).padStart(2, '0')
  return { from: `${two(Math.max(0, first - 1))}:00:00`, to: last >= 23 ? '23:59:59' : `${two(last + 1)}:00:00` }
}
