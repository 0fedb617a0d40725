import { IconAlert, IconCheck, IconChecks, IconClock } from '../../shared/icons'
import classes from './Entries.module.css'

/** How far a text of ours got, and why no further. */
export function Delivery({ status, reason }: { status: string; reason?: string }) {
  switch (status) {
    case 'delivered':
    case 'read':
      return (
        <span className={classes.delivery}>
          <IconChecks size={15} aria-hidden /> {status}
        </span>
      )
    case 'sent':
      return (
        <span className={classes.delivery}>
          <IconCheck size={15} aria-hidden /> sent
        </span>
      )
    case 'failed':
    case 'undelivered':
    case 'canceled':
      return (
        <span className={classes.delivery} data-bad>
          <IconAlert size={15} aria-hidden /> {status === 'canceled' ? 'not sent' : 'not delivered'}
          {reason && `: ${reason}`}
        </span>
      )
    default:
      return (
        <span className={classes.delivery}>
          <IconClock size={14} aria-hidden /> sending
        </span>
      )
  }
}
