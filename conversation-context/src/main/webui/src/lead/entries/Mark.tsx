import type { ReactNode } from 'react'
import type { Entry } from '../../shared/model'
import { clock } from '../../shared/time'
import classes from './Entries.module.css'

/** Something that happened, in one line. */
export function Mark({ entry, zone, children }: { entry: Entry; zone: string; children: ReactNode }) {
  return (
    <div className={classes.mark} data-kind={entry.kind} data-status={entry.status}>
      <span>{children}</span>
      <time dateTime={entry.time}>{clock(entry.time, zone)}</time>
    </div>
  )
}
