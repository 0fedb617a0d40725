import { Badge, Group, Skeleton, Stack, Text } from '@mantine/core'
import { useNoAdministering } from '../session/operator'
import { ActButton } from '../shared/ActButton'
import { useLoaded } from '../shared/load'
import { ProblemNotice } from '../shared/ProblemNotice'
import { settings, type Check } from './api'
import classes from './Settings.module.css'

const WORST_FIRST: Check['status'][] = ['fault', 'warning', 'ok']
const LOOKS = {
  fault: { word: 'Fault', ground: 'bad' },
  warning: { word: 'Look at it', ground: 'accent' },
  ok: { word: 'Well', ground: 'good' },
}

/** Whether everything that calls and texts need is there and works; the worst first. */
export function DoctorSection({ tenantId }: { tenantId: string }) {
  const reason = useNoAdministering()
  const report = useLoaded(reason ? null : `doctor ${tenantId}`, () => settings.doctor(tenantId))
  if (reason) return <Text c="dimmed">{reason}</Text>
  const checks = report.data?.checks.toSorted((a, b) => WORST_FIRST.indexOf(a.status) - WORST_FIRST.indexOf(b.status))
  return (
    <Stack gap="md">
      <ProblemNotice error={report.error} />
      {!checks ? (
        !report.error && <Skeleton height={260} />
      ) : (
        <ul className={classes.rows}>
          {checks.map((check) => (
            <li key={check.id} className={classes.row}>
              <div className={classes.grow}>
                <Text fw={600}>{check.title}</Text>
                <Text size="sm">{check.found}</Text>
                {check.cure && (
                  <Text size="sm" fw={600}>
                    {check.cure}
                  </Text>
                )}
              </div>
              <Badge tt="none" radius="sm" bg={`var(--${LOOKS[check.status].ground}-ground)`} c={`var(--${LOOKS[check.status].ground})`}>
                {LOOKS[check.status].word}
              </Badge>
            </li>
          ))}
        </ul>
      )}
      <Group>
        <ActButton variant="default" loading={report.loading} onClick={report.reload}>
          Examine again
        </ActButton>
      </Group>
    </Stack>
  )
}
