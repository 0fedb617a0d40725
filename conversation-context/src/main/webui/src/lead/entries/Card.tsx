import { Badge } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Entry } from '../../shared/model'
import { clock } from '../../shared/time'
import classes from './Entries.module.css'

interface CardProps {
  entry: Entry
  zone: string
  icon: ReactNode
  label: string
  children: ReactNode
}

/** Something with a body of its own. */
export function Card({ entry, zone, icon, label, children }: CardProps) {
  return (
    <div className={classes.card} data-kind={entry.kind} data-status={entry.status}>
      <span className={classes.icon}>{icon}</span>
      <div>
        <div className={classes.label}>
          {label}
          <Verdict status={entry.status} />
        </div>
        <div className={classes.text}>{children}</div>
      </div>
      <time dateTime={entry.time}>{clock(entry.time, zone)}</time>
    </div>
  )
}

const VERDICTS: Record<string, { word: string; good: boolean }> = {
  success: { word: 'goal reached', good: true },
  failure: { word: 'goal missed', good: false },
  cancelled: { word: 'cancelled', good: false },
  completed: { word: 'completed', good: true },
}

function Verdict({ status }: { status?: string }) {
  const verdict = status ? VERDICTS[status] : undefined
  if (!verdict) return null
  const ground = verdict.good ? 'good' : 'bad'
  return (
    <Badge size="sm" tt="none" radius="xl" bg={`var(--${ground}-ground)`} c={`var(--${ground})`}>
      {verdict.word}
    </Badge>
  )
}
