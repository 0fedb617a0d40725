import { Group, Text, Title } from '@mantine/core'
import { useId, useState } from 'react'
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

/** One stop for the keyboard, its pieces by the arrows: many are too short to be hit, let alone tabbed to, one by one. */
function Lane({ who, label, spoken, whole, chosen, onChoose }: LaneProps) {
  const id = useId()
  const pieces = spoken.filter((piece) => piece.who === who)
  const at = chosen ? pieces.indexOf(chosen) : -1
  const choose = (index: number) => {
    const piece = pieces[Math.min(Math.max(index, 0), pieces.length - 1)]
    if (piece) onChoose(piece)
  }
  const keys: Record<string, () => void> = {
    ArrowLeft: () => choose(at - 1),
    ArrowRight: () => choose(at + 1),
    Home: () => choose(0),
    End: () => choose(pieces.length - 1),
  }
  return (
    <>
      <span>{label}</span>
      <div
        className={classes.lane}
        data-who={who}
        role="listbox"
        aria-orientation="horizontal"
        aria-label={label}
        aria-activedescendant={at < 0 ? undefined : `${id}-${at}`}
        tabIndex={0}
        onFocus={() => choose(at)}
        onKeyDown={(event) => {
          const move = keys[event.key]
          if (!move) return
          event.preventDefault()
          move()
        }}
      >
        {pieces.map((piece, index) => (
          <div
            key={piece.fromMillis}
            id={`${id}-${index}`}
            role="option"
            className={classes.speech}
            data-cut={piece.interrupted || undefined}
            aria-selected={index === at}
            aria-label={`${label}, ${offset(piece.fromMillis)} to ${offset(piece.toMillis)}`}
            style={{
              left: `${(100 * piece.fromMillis) / whole}%`,
              width: `${(100 * (piece.toMillis - piece.fromMillis)) / whole}%`,
            }}
            onClick={() => onChoose(piece)}
            onMouseEnter={() => onChoose(piece)}
          />
        ))}
      </div>
    </>
  )
}
