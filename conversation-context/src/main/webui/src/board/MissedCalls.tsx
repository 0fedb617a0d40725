import { Link } from 'wouter'
import { IconPhoneOff } from '../shared/icons'
import { title } from '../shared/people'
import { brief, clock } from '../shared/time'
import { useZone } from '../session/operator'
import type { MissedCall } from './api'
import classes from './Now.module.css'
import { Section } from './Section'

const WHY: Record<string, string> = {
  busy: 'heard the busy tone',
  'no-answer': 'rang, and nobody answered',
  failed: 'could not be connected',
  canceled: 'hung up before an answer',
}

/** Calls nobody took, and nobody has come back to. */
export function MissedCalls({ calls }: { calls?: MissedCall[] }) {
  const zone = useZone()
  return (
    <Section title="Missed calls" icon={<IconPhoneOff size={18} aria-hidden />} items={calls} none="No call was missed.">
      {(call) => (
        <li key={call.callSid} className={classes.item}>
          <Link href={`/leads/${call.leadId}`} className={classes.who}>
            <strong>{title(call)}</strong>
            <span>{call.messageLeft ? 'left a voice message' : ((call.status && WHY[call.status]) ?? 'spoke with nobody')}</span>
          </Link>
          <time className={classes.since} dateTime={call.at} title={clock(call.at, zone)}>
            {brief(call.at, zone)}
          </time>
        </li>
      )}
    </Section>
  )
}
