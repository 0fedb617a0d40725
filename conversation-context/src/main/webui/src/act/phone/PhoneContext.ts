import { createContext, useContext } from 'react'
import type { Room } from '../api'

/** What this browser's telephone is doing. */
export type Line =
  | { is: 'idle' }
  | { is: 'connecting' | 'talking'; room: string; leadId: string; muted: boolean }
  | { is: 'failed'; room: string; leadId: string; why: string }

export interface Phone {
  line: Line
  /** Takes part in a room; asks for the microphone. */
  enter: (room: Room) => Promise<void>
  /** Leaves the room; the others stay. */
  leave: () => void
  mute: (muted: boolean) => void
}

export const PhoneContext = createContext<Phone | undefined>(undefined)

export function usePhone(): Phone {
  const phone = useContext(PhoneContext)
  if (!phone) throw new Error('the telephone is the frame’s')
  return phone
}
