import { IconAlert, IconCheck, IconChecks, IconClock } from '../shared/icons'

/** How far a text of ours got. */
export function Delivery({ status }: { status: string }) {
  switch (status) {
    case 'delivered':
    case 'read':
      return (
        <span className="delivery">
          <IconChecks size={15} aria-hidden /> {status}
        </span>
      )
    case 'sent':
      return (
        <span className="delivery">
          <IconCheck size={15} aria-hidden /> sent
        </span>
      )
    case 'failed':
    case 'undelivered':
    case 'canceled':
      return (
        <span className="delivery" data-bad>
          <IconAlert size={15} aria-hidden /> {status === 'canceled' ? 'not sent' : 'not delivered'}
        </span>
      )
    default:
      return (
        <span className="delivery">
          <IconClock size={14} aria-hidden /> sending
        </span>
      )
  }
}
