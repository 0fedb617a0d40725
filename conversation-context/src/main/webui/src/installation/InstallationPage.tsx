import { Alert, Button, Code, Group, Skeleton, Stack, Table, Text, Title } from '@mantine/core'
import { ActButton } from '../shared/ActButton'
import { useLoaded } from '../shared/load'
import { momentExactly } from '../shared/time'
import { rejections, type Refusing } from './api'
import classes from './InstallationPage.module.css'

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone
const PROVIDERS = { twilio: 'Twilio', elevenlabs: 'ElevenLabs' }

/** For who runs the installation and works for no business: the webhooks that were refused, and why. */
export default function InstallationPage({ name, onSignOut }: { name: string; onSignOut: () => void }) {
  const known = useLoaded('rejections', rejections)
  return (
    <Stack component="main" className={classes.page} gap="md">
      <Group justify="space-between">
        <div>
          <Title order={1} size="h3">
            Refused webhooks
          </Title>
          <Text size="sm" c="dimmed">
            The latest 50 of each service, one a second at most, from the replica that answered. Conversations need a token of a
            business.
          </Text>
        </div>
        <Group gap="xs">
          <ActButton variant="default" loading={known.loading} onClick={known.reload}>
            Look again
          </ActButton>
          <Button variant="default" onClick={onSignOut}>
            Sign out {name}
          </Button>
        </Group>
      </Group>
      {known.data && known.data.away.length > 0 && (
        <Alert color="orange" role="alert" title="Not everything is seen">
          Not reached: {known.data.away.join(', ')}.
        </Alert>
      )}
      {!known.data ? (
        <Skeleton height={220} />
      ) : known.data.latest.length === 0 ? (
        <Text c="dimmed">Nothing was refused since the services started.</Text>
      ) : (
        <ul className={classes.list}>
          {known.data.latest.map((one) => (
            <li key={`${one.service} ${one.at}`} className={classes.card}>
              <Refused one={one} />
            </li>
          ))}
        </ul>
      )}
    </Stack>
  )
}

function Refused({ one }: { one: Refusing }) {
  const facts: [string, string][] = [
    ['Address seen', one.seen],
    ...(one.signed ? [['Address signed', one.signed] as [string, string]] : []),
    ...Object.entries(one.headers),
  ]
  return (
    <>
      <Group justify="space-between" gap="xs">
        <Text fw={600}>
          {PROVIDERS[one.provider]} → {one.service}
        </Text>
        <Text size="sm" c="dimmed" component="time" dateTime={one.at}>
          {momentExactly(one.at, ZONE)}
        </Text>
      </Group>
      <Text>{one.found}</Text>
      <Text fw={600}>{one.cure}</Text>
      <Table withRowBorders={false} verticalSpacing={2} aria-label="What was compared">
        <Table.Tbody>
          {facts.map(([name, value]) => (
            <Table.Tr key={name}>
              <Table.Th scope="row" className={classes.name}>
                {name}
              </Table.Th>
              <Table.Td>
                <Code className={classes.value}>{value}</Code>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  )
}
