import { Link } from 'wouter'
import { title } from '../shared/people'
import { IconPhone } from '../shared/icons'
import { Elapsed } from '../shared/Elapsed'
import type { LiveCall } from './api'
import classes from './Now.module.css'
import { Section } from './Section'

/** Who is on the phone at this moment, the longest call first. */
export function LiveCalls({ calls }: { calls?: LiveCall[] }) {
  return (
    <Section title="On the phone" icon={<IconPhone size={18} aria-hidden />} items={calls} none="Nobody is on the phone.">
      {(call) => (
        <li key={call.callSid} className={classes.item}>
          <Link href={`/leads/${call.leadId}`} className={classes.who}>
            <strong>{title(call)}</strong>
            <span>{call.with ? `talks to ${call.with}` : call.direction === 'OUTBOUND' ? 'called by the agent' : 'talks to the agent'}</span>
          </Link>
          <span className={classes.since} data-live>
            <Elapsed since={call.since} />
          </span>
        </li>
      )}
    </Section>
  )
}
