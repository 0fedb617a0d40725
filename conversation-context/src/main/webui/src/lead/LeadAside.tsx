import { Button, Loader, Modal, Progress, Skeleton, Text, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useEffect, useState, type ReactNode } from 'react'
import { api, type ApiError, type LeadDetails } from '../shared/api'
import { IconBrain } from '../shared/icons'
import { phone } from '../shared/people'
import { moment } from '../shared/time'
import { Questions } from './Questions'

/** The timeline has them all. */
const MOST_QUESTIONNAIRES = 3

/** What is known of a lead. */
export function LeadAside({ leadId, details, zone }: { leadId: string; details?: LeadDetails; zone: string }) {
  const [asked, { open, close }] = useDisclosure(false)
  if (!details) {
    return (
      <aside className="about" id="about" aria-label="About the customer">
        <Skeleton height={60} mb="md" />
        <Skeleton height={120} />
      </aside>
    )
  }
  const { lead, score, appointments } = details
  return (
    <aside className="about" id="about" aria-label="About the customer">
      {score && (
        <Section title="Lead score">
          <div className="score-line">
            <span className="score-big">{score.score}</span>
            <Progress value={score.score} size="lg" radius="xl" style={{ flex: 1 }} aria-label="Lead score of 100" />
          </div>
          <ul className="factors">
            {score.factors.map((factor) => (
              <li key={factor.name}>
                <span>{factor.because}</span>
                <span className="points" data-bad={factor.points < 0 || undefined}>
                  {factor.points > 0 ? `+${factor.points}` : `−${-factor.points}`}
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title="Appointments">
        {appointments.length === 0 ? (
          <Text size="sm" c="dimmed">
            None booked.
          </Text>
        ) : (
          <ul className="appointments">
            {appointments.map((appointment) => (
              <li key={appointment.id} data-status={appointment.status}>
                <strong>{appointment.serviceName}</strong>
                <span>{moment(appointment.start, zone)}</span>
                <span>
                  with {appointment.employeeName}
                  {appointment.status !== 'scheduled' && ` · ${appointment.status}`}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Section>
      {details.questionnaires.length > 0 && (
        <Section title="Asked on the phone">
          {details.questionnaires
            .slice(-MOST_QUESTIONNAIRES)
            .reverse()
            .map((questionnaire) => (
              <div key={questionnaire.callId} className="questionnaire">
                <Text size="xs" c="dimmed">
                  {moment(questionnaire.time, zone)}
                  {!questionnaire.answered && ' · no answers yet'}
                </Text>
                <Questions questions={questionnaire.questions} />
              </div>
            ))}
        </Section>
      )}
      <Section title="Contact">
        <dl className="facts">
          {lead.phone && <Fact name="Phone">{phone(lead.phone)}</Fact>}
          {details.email && <Fact name="E-mail">{details.email}</Fact>}
          {details.firstContact && <Fact name="First contact">{moment(details.firstContact, zone)}</Fact>}
          {details.textsAllowed === false && <Fact name="Texts">stopped by the customer</Fact>}
        </dl>
      </Section>
      <Button variant="light" leftSection={<IconBrain size={17} aria-hidden />} onClick={open} fullWidth>
        What the agent knows
      </Button>
      <Modal opened={asked} onClose={close} title="What the agent is told before it speaks" size="lg">
        {asked && <PromptContext leadId={leadId} />}
      </Modal>
    </aside>
  )
}

function PromptContext({ leadId }: { leadId: string }) {
  const [text, setText] = useState<string>()
  const [error, setError] = useState<string>()
  useEffect(() => {
    api.context(leadId).then(
      (context) => setText(context.promptContext),
      (failure: ApiError) => setError(failure.message),
    )
  }, [leadId])
  if (error) return <Text role="alert">{error}</Text>
  if (text === undefined) return <Loader aria-label="Loading" />
  return text ? <pre className="prompt">{text}</pre> : <Text c="dimmed">Nothing yet: the agent meets a stranger.</Text>
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="about-section">
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
