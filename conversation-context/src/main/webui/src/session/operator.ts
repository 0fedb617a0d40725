import { createContext, useContext } from 'react'
import type { Role, Tenant } from './api'

/** Who sits before this page, and the business worked for. */
export interface Operator {
  name: string
  role: Role
  tenant: Tenant
}

export const OperatorContext = createContext<Operator | undefined>(undefined)

export function useOperator(): Operator {
  const operator = useContext(OperatorContext)
  if (!operator) throw new Error('only pages of a business know an operator')
  return operator
}

/** The zone every time is shown in. */
export function useZone(): string {
  return useOperator().tenant.timeZone
}

/** Why this person may not act; undefined for those who may. */
export function useNoActing(): string | undefined {
  return useOperator().role === 'viewer' ? 'You are signed in as a viewer: viewers read and change nothing.' : undefined
}

/** Why this person may not change the business' settings; undefined for those who may. */
export function useNoAdministering(): string | undefined {
  const { role } = useOperator()
  return role === 'admin' ? undefined : `You are signed in as ${role}: settings are an admin’s.`
}
