import { VisuallyHidden } from '@mantine/core'
import type { Entry } from '../../shared/model'
import { IconAlert, IconTool } from '../../shared/icons'
import { clock, humanise } from '../../shared/time'
import classes from './Entries.module.css'

/** A tool the agent used, and what came of it. */
export function ToolRow({ entry, zone }: { entry: Entry; zone: string }) {
  const colon = entry.text.indexOf(': ')
  const tool = colon > 0 ? entry.text.slice(0, colon).replaceAll('_', ' ') : entry.text
  const outcome = colon > 0 ? entry.text.slice(colon + 2) : ''
  const refused = entry.status === 'refused'
  return (
    <div className={classes.tool} data-refused={refused || undefined}>
      <strong>
        {refused ? <IconAlert size={15} aria-hidden /> : <IconTool size={15} aria-hidden />}
        {tool}
        {refused && <VisuallyHidden component="span">, refused</VisuallyHidden>}
      </strong>
      {outcome && <span className={classes.outcome}>{humanise(outcome, zone)}</span>}
      <time dateTime={entry.time}>{clock(entry.time, zone)}</time>
    </div>
  )
}
