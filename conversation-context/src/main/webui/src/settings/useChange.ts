import { notifications } from '@mantine/notifications'
import { useAction } from '../shared/action'
import { settings, type Business } from './api'

/** Saves a part of the business' settings; the other parts stay as they are. */
export function useChange(business: Business, onChanged: (business: Business) => void) {
  const change = useAction((patch: object) => settings.change(business.id, patch))
  const save = async (patch: object) => {
    const changed = await change.run(patch)
    if (!changed) return false
    onChanged(changed)
    notifications.show({ message: 'Saved. Calls and texts follow it within a second.' })
    return true
  }
  return { save, busy: change.busy, error: change.error }
}
