import { SimpleGrid, Text } from '@mantine/core'
import type { Quality } from '../shared/model'
import classes from './Call.module.css'

/** A call at a glance. */
export function Facts({ quality }: { quality: Quality }) {
  return (
    <SimpleGrid component="dl" m={0} cols={{ base: 2, sm: 3, lg: 6 }} spacing="sm">
      {facts(quality).map(([name, value]) => (
        <div key={name} className={classes.sheet}>
          <Text component="dt" size="xs" c="dimmed">
            {name}
          </Text>
          <Text component="dd" m={0} fw={650}>
            {value}
          </Text>
        </div>
      ))}
    </SimpleGrid>
  )
}

function facts({ interruptions, framesDropped, endedBy, flight }: Quality): [string, string | number][] {
  const answers = flight.turns.map((turn) => turn.responseMillis).filter((value) => value >= 0)
  return [
    ['Median answer', answers.length === 0 ? '–' : `${median(answers)} ms`],
    ['Cut short', interruptions],
    ['Ended by', endedBy],
    ['Gaps in the caller’s sound', flight.gaps === 0 ? 0 : `${flight.gaps}, up to ${flight.longestGapMillis} ms`],
    ['Frames late or dropped', `${flight.lateFrames} / ${framesDropped}`],
    ['Agent lost and found', flight.reopened],
  ]
}

function median(values: number[]): number {
  const ordered = values.toSorted((a, b) => a - b)
  const middle = Math.floor(ordered.length / 2)
  return ordered.length % 2 === 1 ? ordered[middle]! : Math.round((ordered[middle - 1]! + ordered[middle]!) / 2)
}
