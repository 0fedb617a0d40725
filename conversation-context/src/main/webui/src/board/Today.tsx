import { SimpleGrid, Skeleton, Text } from '@mantine/core'
import type { Numbers } from './api'
import classes from './Now.module.css'

interface Figure {
  label: string
  value: (numbers: Numbers) => number | string
  beside?: (numbers: Numbers) => string | false
  bad?: (numbers: Numbers) => boolean
}

const FIGURES: Figure[] = [
  { label: 'Calls in', value: (n) => n.callsIn, beside: (n) => n.callsOut > 0 && `${n.callsOut} out` },
  { label: 'Missed calls', value: (n) => n.callsMissed, bad: (n) => n.callsMissed > 0 },
  { label: 'Phone time', value: (n) => minutes(n.talkSeconds) },
  { label: 'Texts in', value: (n) => n.textsIn, beside: (n) => `${n.textsOut} out` },
  { label: 'Bookings', value: (n) => n.booked, beside: (n) => n.cancelled > 0 && `${n.cancelled} cancelled` },
  { label: 'New customers', value: (n) => n.newLeads },
]

function minutes(seconds: number): string {
  const whole = Math.round(seconds / 60)
  return whole < 100 ? `${whole} min` : `${Math.round(whole / 6) / 10} h`
}

/** The day so far, from midnight in the business' zone. */
export function Today({ numbers }: { numbers?: Numbers }) {
  return (
    <SimpleGrid component="dl" m={0} cols={{ base: 3, lg: 6 }} spacing="sm">
      {FIGURES.map(({ label, value, beside, bad }) => (
        <div key={label} className={classes.number}>
          <Text component="dt" size="xs" c="dimmed">
            {label}
          </Text>
          <dd className={classes.value} data-bad={(numbers && bad?.(numbers)) || undefined}>
            {numbers ? value(numbers) : <Skeleton height={22} my={5} width={36} />}
            {numbers && beside && <small>{beside(numbers)}</small>}
          </dd>
        </div>
      ))}
    </SimpleGrid>
  )
}
