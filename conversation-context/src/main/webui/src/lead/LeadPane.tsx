import { ActionIcon, Alert, Avatar, Button, Skeleton, Stack, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Link, useLocation } from 'wouter'
import { IconBack, IconChat, IconUser } from '../shared/icons'
import { LiveBadge } from '../shared/LiveBadge'
import { initials, phone, title } from '../shared/people'
import { ScoreBadge } from '../shared/ScoreBadge'
import { Empty, Failed } from '../shared/states'
import { LeadAside } from './LeadAside'
import { TimelineView } from './TimelineView'
import { useLead } from './useLead'

/** One lead: its timeline, and beside it (or on demand, where there is no room) what is known. */
export function LeadPane({ leadId, zone }: { leadId: string; zone: string }) {
  const view = useLead(leadId)
  const [, navigate] = useLocation()
  const [shown, { toggle }] = useDisclosure(false)
  const lead = view.details?.lead

  if (view.error) {
    return (
      <main className="pane pane-empty">
        {view.error.status === 404 || view.error.status === 400 ? (
          <Stack align="center">
            <Empty icon={<IconUser size={26} aria-hidden />} title="There is no such conversation">
              It may belong to another business, or the address is incomplete.
            </Empty>
            <Button variant="default" component={Link} href="/">
              All conversations
            </Button>
          </Stack>
        ) : (
          <Failed title="The conversation did not load" detail={view.error.message} onRetry={view.reload} />
        )}
      </main>
    )
  }

  return (
    <main className="pane">
      <div className="pane-head">
        <ActionIcon
          className="back"
          variant="subtle"
          color="gray"
          size="lg"
          aria-label="All conversations"
          onClick={() => navigate('/')}
        >
          <IconBack size={22} />
        </ActionIcon>
        {lead ? (
          <>
            <Avatar radius="xl" size={36} color={lead.name ? 'cyan' : 'gray'} aria-hidden>
              {initials(lead.name) ?? <IconUser size={18} />}
            </Avatar>
            <div className="pane-title">
              <Title order={1} size="h4" lineClamp={1}>
                {title(lead)}
              </Title>
              {lead.name && lead.phone && <span className="pane-sub">{phone(lead.phone)}</span>}
            </div>
            {lead.onThePhone && <LiveBadge />}
            <Button
              className="about-toggle"
              variant="default"
              size="xs"
              onClick={toggle}
              aria-expanded={shown}
              aria-controls="about"
              rightSection={lead.score !== undefined ? <ScoreBadge score={lead.score} /> : undefined}
            >
              About
            </Button>
          </>
        ) : (
          <Skeleton height={22} width={180} />
        )}
      </div>
      <div className="pane-body" data-about={shown || undefined}>
        <section className="timeline-column" aria-label="Timeline">
          {view.line === 'lost' && (
            <Alert color="yellow" variant="light" p="xs" m="xs" role="status">
              The line is down, reconnecting. Nothing is lost: what happens meanwhile will appear here.
            </Alert>
          )}
          {view.entries === undefined ? (
            <TimelineSkeleton />
          ) : view.entries.length === 0 ? (
            <Empty icon={<IconChat size={26} aria-hidden />} title="Nothing said yet">
              The first call or text will appear here.
            </Empty>
          ) : (
            <TimelineView
              entries={view.entries}
              zone={zone}
              older={view.older}
              loadingOlder={view.loadingOlder}
              onOlder={view.loadOlder}
            />
          )}
        </section>
        <LeadAside leadId={leadId} details={view.details} zone={zone} />
      </div>
    </main>
  )
}

function TimelineSkeleton() {
  return (
    <div className="timeline" aria-busy="true" role="status" aria-label="Loading the timeline">
      {[55, 40, 62, 30].map((width, index) => (
        <Skeleton
          key={width}
          height={44}
          width={`${width}%`}
          radius="lg"
          mb="md"
          ml={index % 2 === 1 ? 'auto' : undefined}
        />
      ))}
    </div>
  )
}
