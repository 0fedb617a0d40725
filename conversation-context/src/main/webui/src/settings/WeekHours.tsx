import { Switch, Text, TextInput } from '@mantine/core'
import type { DayHours } from './api'
import classes from './Settings.module.css'

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
const CLOSED: DayHours = { open: '09:00', close: '17:00', enabled: false }

interface WeekHoursProps {
  week: Record<string, DayHours>
  onChange: (week: Record<string, DayHours>) => void
  disabled?: boolean
}

/** Seven days, each open from one time to another or closed. */
export function WeekHours({ week, onChange, disabled }: WeekHoursProps) {
  return (
    <div>
      {WEEKDAYS.map((name) => {
        const day = week[name] ?? CLOSED
        const label = name[0]!.toUpperCase() + name.slice(1)
        const put = (change: Partial<DayHours>) => onChange({ ...week, [name]: { ...day, ...change } })
        return (
          <div key={name} className={classes.day}>
            <Switch
              label={label}
              checked={day.enabled}
              disabled={disabled}
              onChange={(event) => put({ enabled: event.currentTarget.checked })}
            />
            {day.enabled ? (
              <>
                <TextInput
                  type="time"
                  aria-label={`${label}, from`}
                  value={day.open}
                  disabled={disabled}
                  onChange={(event) => put({ open: event.currentTarget.value })}
                />
                <Text size="sm">to</Text>
                <TextInput
                  type="time"
                  aria-label={`${label}, to`}
                  value={day.close}
                  disabled={disabled}
                  onChange={(event) => put({ close: event.currentTarget.value })}
                />
              </>
            ) : (
              <Text size="sm" c="dimmed">
                closed
              </Text>
            )}
          </div>
        )
      })}
    </div>
  )
}
