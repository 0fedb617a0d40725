import { Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useNoAdministering } from '../session/operator'
import type { Business } from './api'
import { Save } from './Save'
import { useChange } from './useChange'
import { WeekHours } from './WeekHours'

/** When the business is open. */
export function HoursSection({ business, onChanged }: { business: Business; onChanged: (business: Business) => void }) {
  const reason = useNoAdministering()
  const change = useChange(business, onChanged)
  const [week, setWeek] = useState(business.settings.businessHours)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (!reason) void change.save({ settings: { businessHours: week } })
      }}
    >
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          Wall clock in {business.timeZone.replaceAll('_', ' ')}. Who works other hours has them under People.
        </Text>
        <WeekHours week={week} onChange={setWeek} disabled={reason !== undefined} />
        <Save reason={reason} dirty={week !== business.settings.businessHours} busy={change.busy} error={change.error} />
      </Stack>
    </form>
  )
}
