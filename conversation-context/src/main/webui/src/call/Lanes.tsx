import { Group, Text, Title } from '@mantine/core'
import { useState } from 'react'
import type { Entry, Quality } from '../shared/model'
import classes from './Call.module.css'
import { offset } from './durations'
import { speechOf, type Speech } from './speech'

const LANES = [
  { who: 'CUSTOMER', label: 'Caller' },
  { who: 'AGENT', label: 'Agent' },
] as const

/** Who spoke when: two lanes over the length of the call. A piece of speech that is chosen tells its words. */
export function Lanes({ quality, entries }: { quality: Quality; entries: Entry[] }) {
  const { spoken, measured } = speechOf(quality, entries)
  const [chosen, setChosen] = useState<Speech>()
  if (spoken.length === 0) return null
  const whole = Math.max(1_000, ...spoken.map((piece) => piece.toMillis))
  return (
    <section className={classes.sheet} aria-label="Who spoke when">
      <Group justify="space-between" mb={8}>
        <Title order={2} size="h6">
          Who spoke when
        </Title>
        {!measured && (
          <Text size="xs" c="dimmed">
            beginnings as recorded, lengths estimated from the words
          </Text>
        )}
      </Group>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label="Two lanes of speech">
        <div className={classes.lanes}>
          {LANES.map(({ who, label }) => (
            <Lane key={who} who={who} label={label} spoken={spoken} whole={whole} chosen={chosen} onChoose={setChosen} />
          ))}
          <span />
          <div className={classes.axis} aria-hidden>
            {[0, 0.25, 0.5, 0.75, 1].map((part) => (
              <span key={part} style={{ left: `${100 * part}%` }}>
                {offset(part * whole)}
              </span>
            ))}
          </div>
        </div>
      </div>
      <Text size="sm" mt={8} mih={22} role="status">
        {chosen && `${offset(chosen.fromMillis)}–${offset(chosen.toMillis)}${chosen.text ? `: ${chosen.text}` : ''}`}
      </Text>
    </section>
  )
}

interface LaneProps {
  who: Speech['who']
  label: string
  spoken: Speech[]
  whole: number
  chosen?: Speech
  onChoose: (piece: Speech) => void
}

function Lane({ who, label, spoken, whole, chosen, onChoose }: LaneProps) {
  return (
    <>
      <span>{label}</span>
      <div className={classes.lane} data-who={who} role="group" aria-label={label}>
        {spoken
          .filter((piece) => piece.who === who)
          .map((piece) => (
            <button
              key={piece.fromMillis}
              type="button"
              className={classes.speech}
              data-cut={piece.interrupted || undefined}
              aria-current={piece === chosen || undefined}
              aria-label={`${label}, ${offset(piece.fromMillis)} to ${offset(piece.toMillis)}`}
              style={{
                left: `${(100 * piece.fromMillis) / whole}%`,
                width: `${(100 * (piece.toMillis - piece.fromMillis)) / whole}%`,
              }}
              onClick={() => onChoose(piece)}
              onFocus={() => onChoose(piece)}
              onMouseEnter={() => onChoose(piece)}
            />
          ))}
      </div>
    </>
  )
}
