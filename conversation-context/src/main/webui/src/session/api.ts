import { ask, get } from '../shared/http'

export type Role = 'viewer' | 'operator' | 'admin'

export interface Tenant {
  id: string
  name: string
  timeZone: string
}

export interface Session {
  name: string
  role: Role
  tenant?: Tenant
  expiresAt: string
}

export const session = {
  whoAmI: () => get<Session>('/api/session'),
  signIn: (token: string) => ask<Session>('POST', '/api/session', { token }),
  signOut: () => ask<void>('DELETE', '/api/session'),
}
