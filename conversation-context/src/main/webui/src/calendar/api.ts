import { ask, get, segment } from '../shared/http'

/** One service of a visit. */
export interface Item {
  serviceName: string
  employeeId: string
  employeeName: string
  chairName?: string
  startTime: string
  endTime: string
  addOns?: string[]
}

/** A visit; times with the offset of the business' zone. */
export interface Appointment {
  id: string
  leadId: string
  serviceName: string
  employeeId: string
  employeeName: string
  customerName: string
  customerPhone?: string
  startTime: string
  endTime: string
  status: 'scheduled' | 'cancelled' | 'completed'
  notes?: string
  price: number
  items: Item[]
}

/** What could be booked instead of a time that was refused. */
export interface Alternative {
  start: string
  end: string
  staffId: string
  staffName: string
}

export interface Move {
  id: string
  start: string
  staffId?: string
}

export interface Booking {
  serviceId: string
  staffId?: string
  start: string
  customerName: string
  customerPhone?: string
  notes?: string
}

export const book = {
  /** Visits that begin from one day to another, the second exclusive, in the business' zone. */
  between: (from: string, to: string) => get<Appointment[]>(`/api/appointments?from=${from}&to=${to}`),
  move: ({ id, ...to }: Move, key: string) =>
    ask<Appointment>('POST', `/api/appointments/${segment(id)}/reschedule`, { ...to, idempotencyKey: key }, key),
  book: (booking: Booking, key: string) => ask<Appointment>('POST', '/api/appointments', { ...booking, idempotencyKey: key }, key),
  cancel: (id: string, reason?: string) => ask<Appointment>('POST', `/api/appointments/${segment(id)}/cancel`, { reason }),
}
