import { Link } from 'wouter'
import { IconSms } from '../shared/icons'
import { Ago } from '../shared/Ago'
import { title } from '../shared/people'
import type { WaitingText } from './api'
import classes from './Now.module.css'
import { Section } from './Section'

/** Customers whose text nobody has answered yet. */
export function WaitingTexts({ texts }: { texts?: WaitingText[] }) {
  return (
    <Section title="Waiting texts" icon={<IconSms size={18} aria-hidden />} items={texts} none="Every text is answered.">
      {(waiting) => (
        <li key={waiting.leadId} className={classes.item}>
          <Link href={`/leads/${waiting.leadId}`} className={classes.who}>
            <strong>{title(waiting)}</strong>
            <span>{waiting.text}</span>
          </Link>
          <span className={classes.since}>
            <Ago time={waiting.since} />
          </span>
        </li>
      )}
    </Section>
  )
}
