import { Skeleton, Table, Text } from '@mantine/core'
import { useZone } from '../../session/operator'
import { useLoaded } from '../../shared/load'
import type { Appointment } from '../../shared/model'
import { ProblemNotice } from '../../shared/ProblemNotice'
import { moment, momentExactly } from '../../shared/time'
import { leads, type ContextDiff } from '../api'
import classes from './Context.module.css'

/** What became known between two moments: the facts, and the lines of the agent's prompt. */
export function ContextChange({ leadId, from, to }: { leadId: string; from: string; to: string }) {
  const zone = useZone()
  const diff = useLoaded(`diff ${leadId} ${from} ${to}`, () => leads.diff(leadId, from, to))
  return (
    <>
      <Text fw={600} role="status">
        {momentExactly(from, zone)} → {momentExactly(to, zone)}
      </Text>
      <ProblemNotice error={diff.error} />
      {diff.data ? <Difference diff={diff.data} zone={zone} /> : !diff.error && <Skeleton height={220} />}
    </>
  )
}

function Difference({ diff, zone }: { diff: ContextDiff; zone: string }) {
  const { changes, told, forgotten } = diff
  if (changes.length + told.length + forgotten.length === 0) return <Text c="dimmed">Nothing changed.</Text>
  return (
    <>
      {changes.length > 0 && (
        <Table layout="fixed" aria-label="Facts that changed">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Fact</Table.Th>
              <Table.Th>Before</Table.Th>
              <Table.Th>After</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {changes.map(({ what, before, after }) => (
              <Table.Tr key={what}>
                <Table.Td>{what.startsWith('appointment ') ? 'appointment' : (FACTS[what] ?? what)}</Table.Td>
                <Table.Td>{words(before, zone)}</Table.Td>
                <Table.Td>{words(after, zone)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <ul className={classes.lines} aria-label="What the agent is told">
        {forgotten.map((line, index) => (
          <li key={`- ${index}`} data-gone>
            <del>{line}</del>
          </li>
        ))}
        {told.map((line, index) => (
          <li key={`+ ${index}`}>
            <ins>{line}</ins>
          </li>
        ))}
      </ul>
    </>
  )
}

const FACTS: Record<string, string> = { textsAllowed: 'texts allowed', email: 'e-mail' }

/** A fact of any kind as text. */
function words(value: unknown, zone: string): string {
  if (value === undefined || value === null) return '–'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value !== 'object') return String(value)
  const { serviceName, start, status } = value as Partial<Appointment>
  if (!serviceName || !start) return JSON.stringify(value)
  return `${serviceName}, ${moment(start, zone)}${status && status !== 'scheduled' ? `, ${status}` : ''}`
}
