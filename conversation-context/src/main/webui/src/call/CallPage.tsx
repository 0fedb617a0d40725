import { Group, Skeleton, Stack, Text, Title } from '@mantine/core'
import { Link } from 'wouter'
import { useLead } from '../lead/useLead'
import { useZone } from '../session/operator'
import { IconBack, IconGauge } from '../shared/icons'
import type { Entry, Quality } from '../shared/model'
import { title } from '../shared/people'
import { Empty, Failed } from '../shared/states'
import { moment } from '../shared/time'
import classes from './Call.module.css'
import { Facts } from './Facts'
import { Lanes } from './Lanes'
import { SetupWaterfall } from './SetupWaterfall'
import { Transcript } from './Transcript'
import { TurnWaterfall } from './TurnWaterfall'

/** One call: how fast it was step by step, who spoke when, and what was said. */
export default function CallPage({ leadId, callId }: { leadId: string; callId: string }) {
  const zone = useZone()
  const view = useLead(leadId)
  const entries = view.entries?.filter((entry) => entry.callId === callId)
  const quality = entries?.find((entry) => entry.kind === 'QUALITY')?.detail?.quality
  const started = entries?.find((entry) => entry.kind === 'CALL' && entry.status === 'started')

  if (view.error && !entries) {
    return (
      <main id="main" className={classes.page}>
        <Failed title="The call did not load" detail={view.error.message} onRetry={view.reload} />
      </main>
    )
  }
  return (
    <main id="main" className={classes.page} aria-busy={!entries} tabIndex={0}>
      <Stack gap="lg" maw={1060} mx="auto">
        <div>
          <Link href={`/leads/${leadId}`} className={classes.back}>
            <IconBack size={17} aria-hidden />
            {view.details ? title(view.details.lead) : 'Conversation'}
          </Link>
          <Group gap="sm" align="baseline">
            <Title order={1} size="h3">
              Call
            </Title>
            {started && <Text c="dimmed">{moment(started.time, zone)}</Text>}
          </Group>
        </div>
        {!entries ? (
          <>
            <Skeleton height={90} />
            <Skeleton height={220} />
          </>
        ) : quality ? (
          <Recorded quality={quality} entries={entries} />
        ) : (
          <Unrecorded entries={entries} older={view.older} loading={view.loadingOlder} onOlder={() => void view.loadOlder()} />
        )}
      </Stack>
    </main>
  )
}

function Recorded({ quality, entries }: { quality: Quality; entries: Entry[] }) {
  return (
    <>
      <Facts quality={quality} />
      <Lanes quality={quality} entries={entries} />
      <SetupWaterfall setup={quality.flight.setup} />
      <TurnWaterfall turns={quality.flight.turns} />
      <Transcript entries={entries} />
    </>
  )
}

interface UnrecordedProps {
  entries: Entry[]
  older: boolean
  loading: boolean
  onOlder: () => void
}

/** A call that goes on, one that ElevenLabs carries itself, or one further back in the timeline. */
function Unrecorded({ entries, older, loading, onOlder }: UnrecordedProps) {
  if (entries.length === 0 && older) {
    return (
      <Failed
        title="This call is further back"
        detail={loading ? 'Looking…' : 'The newest part of the timeline does not hold it.'}
        onRetry={onOlder}
      />
    )
  }
  return (
    <>
      <Empty icon={<IconGauge size={26} aria-hidden />} title="No flight record">
        It is made when a call over our bridge ends. Calls that ElevenLabs carries itself have none.
      </Empty>
      {entries.length > 0 && <Transcript entries={entries} />}
    </>
  )
}
