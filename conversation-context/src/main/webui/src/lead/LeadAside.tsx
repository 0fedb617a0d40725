import { Button, Group, Progress, Skeleton, Text, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { lazy, Suspense, type ReactNode } from 'react'
import { IconHistory } from '../shared/icons'
import type { Entry, LeadDetails } from '../shared/model'
import { phone } from '../shared/people'
import { moment } from '../shared/time'
import { Questions } from './entries/Questions'
import { FollowUps } from './followups/FollowUps'
import classes from './LeadPane.module.css'
import { Links } from './links/Links'

const ContextDrawer = lazy(() => import('./context/ContextDrawer'))

/** The timeline has them all. */
const MOST_QUESTIONNAIRES = 3

interface LeadAsideProps {
  leadId: string
  details?: LeadDetails
  entries: Entry[]
  zone: string
  onChanged: () => void
}

/** What is known of a lead. */
export function LeadAside({ leadId, details, entries, zone, onChanged }: LeadAsideProps) {
  const [asked, { open, close }] = useDisclosure(false)
  if (!details) {
    return (
      <aside className={classes.about} id="about" aria-label="About the customer">
        <Skeleton height={60} mb="md" />
        <Skeleton height={120} />
      </aside>
    )
  }
  return (
    <aside className={classes.about} id="about" aria-label="About the customer">
      <Button variant="light" mb="md" leftSection={<IconHistory size={17} aria-hidden />} onClick={open} fullWidth>
        What the agent knows
      </Button>
      <Score score={details.score} />
      <Appointments appointments={details.appointments} zone={zone} />
      <Section title="Follow-ups">
        <FollowUps leadId={leadId} version={followUpVersion(entries)} />
      </Section>
      <Asked questionnaires={details.questionnaires} zone={zone} />
      <Section title="Contact">
        <dl className={classes.facts}>
          {details.lead.phone && <Fact name="Phone">{phone(details.lead.phone)}</Fact>}
          {details.email && <Fact name="E-mail">{details.email}</Fact>}
          {details.firstContact && <Fact name="First contact">{moment(details.firstContact, zone)}</Fact>}
          {details.textsAllowed === false && <Fact name="Texts">stopped by the customer</Fact>}
        </dl>
      </Section>
      <Section title="The same person">
        <Links leadId={leadId} linked={details.linked} onChanged={onChanged} />
      </Section>
      {asked && (
        <Suspense>
          <ContextDrawer leadId={leadId} entries={entries} onClose={close} />
        </Suspense>
      )}
    </aside>
  )
}

/** Follow-ups come and go with calls, appointments and their own events. */
function followUpVersion(entries: Entry[]): string {
  return entries.findLast(({ kind }) => kind === 'FOLLOW_UP' || kind === 'CALL' || kind === 'APPOINTMENT')?.id ?? ''
}

function Score({ score }: Pick<LeadDetails, 'score'>) {
  if (!score) return null
  return (
    <Section title="Lead score">
      <Group gap="sm" wrap="nowrap">
        <Text fz={28} fw={700} lh={1.2}>
          {score.score}
        </Text>
        <Progress value={score.score} size="lg" radius="xl" flex={1} aria-label="Lead score of 100" />
      </Group>
      <ul className={classes.factors}>
        {score.factors.map((factor) => (
          <li key={factor.name}>
            <span>{factor.because}</span>
            <span className={classes.points} data-bad={factor.points < 0 || undefined}>
              {factor.points > 0 ? `+${factor.points}` : `−${-factor.points}`}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Appointments({ appointments, zone }: Pick<LeadDetails, 'appointments'> & { zone: string }) {
  return (
    <Section title="Appointments">
      {appointments.length === 0 ? (
        <Text size="sm" c="dimmed">
          None booked.
        </Text>
      ) : (
        <ul className={classes.appointments}>
          {appointments.map((appointment) => (
            <li key={appointment.id} data-status={appointment.status}>
              <strong>{appointment.serviceName}</strong>
              <span>
                {moment(appointment.start, zone)} · {appointment.employeeName}
                {appointment.status !== 'scheduled' && ` · ${appointment.status}`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

function Asked({ questionnaires, zone }: Pick<LeadDetails, 'questionnaires'> & { zone: string }) {
  if (questionnaires.length === 0) return null
  return (
    <Section title="Asked on the phone">
      {questionnaires
        .slice(-MOST_QUESTIONNAIRES)
        .reverse()
        .map((questionnaire) => (
          <div key={questionnaire.callId}>
            <Text size="xs" c="dimmed" mt={4}>
              {moment(questionnaire.time, zone)}
              {!questionnaire.answered && ' · no answers yet'}
            </Text>
            <Questions questions={questionnaire.questions} />
          </div>
        ))}
    </Section>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.section}>
      <Title order={2} size="h6" mb={6}>
        {title}
      </Title>
      {children}
    </section>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
