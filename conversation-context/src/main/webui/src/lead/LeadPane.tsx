import { Alert, Button, Skeleton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Link } from 'wouter'
import { Composer } from '../act/Composer'
import { LiveStrip } from '../act/LiveStrip'
import { TextsBar } from '../act/TextsBar'
import { IconChat, IconUser } from '../shared/icons'
import { Empty, Failed } from '../shared/states'
import { LeadAside } from './LeadAside'
import { LeadHeader } from './LeadHeader'
import classes from './LeadPane.module.css'
import timeline from './Timeline.module.css'
import { TimelineView } from './TimelineView'
import { useLead, type LeadView } from './useLead'

/** One lead: its timeline, what is known beside it (or on demand, where there is no room), and what can be done. */
export function LeadPane({ leadId, zone }: { leadId: string; zone: string }) {
  const view = useLead(leadId)
  const [about, { toggle }] = useDisclosure(false)
  const { details } = view

  if (view.error && !details) return <Missing view={view} />
  return (
    <main id="main" className={classes.pane}>
      <LeadHeader details={details} about={about} onAbout={toggle} />
      {details?.lead.onThePhone && <LiveStrip leadId={leadId} />}
      <div className={classes.body} data-about={about || undefined}>
        <section className={classes.column} aria-label="Timeline">
          {view.line === 'lost' && (
            <Alert color="yellow" variant="light" p="xs" m="xs" role="status">
              The line is down, reconnecting. Nothing is lost: what happens meanwhile will appear here.
            </Alert>
          )}
          <Entries view={view} leadId={leadId} zone={zone} />
          {details && (
            <>
              <TextsBar leadId={leadId} version={handOverVersion(view)} />
              <Composer details={details} />
            </>
          )}
        </section>
        <LeadAside leadId={leadId} details={details} entries={view.entries ?? []} zone={zone} onChanged={view.reload} />
      </div>
    </main>
  )
}

function Entries({ view, leadId, zone }: { view: LeadView; leadId: string; zone: string }) {
  if (view.entries === undefined) return <TimelineSkeleton />
  if (view.entries.length === 0) {
    return (
      <div className={timeline.frame}>
        <Empty icon={<IconChat size={26} aria-hidden />} title="Nothing said yet">
          The first call or text will appear here.
        </Empty>
      </div>
    )
  }
  return (
    <TimelineView
      leadId={leadId}
      entries={view.entries}
      zone={zone}
      older={view.older}
      loadingOlder={view.loadingOlder}
      onOlder={view.loadOlder}
    />
  )
}

/** Changes when somebody takes the texts over or gives them back, and with the first text: then it is asked who answers. */
function handOverVersion({ entries }: LeadView): string {
  const told = entries?.findLast((entry) => entry.kind === 'NOTE' && entry.text.includes('the texts'))
  return `${told?.id ?? ''} ${entries?.some((entry) => entry.channel === 'SMS') ?? false}`
}

function Missing({ view }: { view: LeadView }) {
  const unknown = view.error?.status === 404 || view.error?.status === 400
  return (
    <main id="main" className={classes.missing}>
      {unknown ? (
        <Empty
          icon={<IconUser size={26} aria-hidden />}
          title="There is no such conversation"
          action={
            <Button variant="default" component={Link} href="/">
              All conversations
            </Button>
          }
        >
          It may belong to another business, or the address is incomplete.
        </Empty>
      ) : (
        <Failed title="The conversation did not load" detail={view.error?.message ?? ''} onRetry={view.reload} />
      )}
    </main>
  )
}

function TimelineSkeleton() {
  return (
    <div className={timeline.frame}>
      <div className={timeline.timeline} aria-busy="true" role="status" aria-label="Loading the timeline">
        {[55, 40, 62, 30].map((width, index) => (
          <Skeleton key={width} height={44} width={`${width}%`} radius="lg" mb="md" ml={index % 2 === 1 ? 'auto' : undefined} />
        ))}
      </div>
    </div>
  )
}
