import { ActionIcon, Group, Text, Tooltip } from '@mantine/core'
import { Link } from 'wouter'
import { Board } from './board/Board'
import { LeadPane } from './lead/LeadPane'
import type { Session } from './shared/api'
import { IconChat, IconSignOut, IconUser } from './shared/icons'
import { Empty } from './shared/states'

/** Board and lead side by side where there is room, one at a time where there is not. */
export function Console({ session, leadId, onSignOut }: { session: Session; leadId?: string; onSignOut: () => void }) {
  const zone = session.tenant?.timeZone ?? 'UTC'
  return (
    <div className="console" data-lead={leadId ? true : undefined}>
      <header className="top">
        <Link href="/" className="brand" aria-label="Throughline, all conversations">
          <img src="/assets/mark.svg" alt="" width={26} height={26} />
          <span>{session.tenant?.name ?? 'Throughline'}</span>
        </Link>
        <Group gap="xs" wrap="nowrap">
          <Text size="sm" c="dimmed" className="who">
            {session.name} · {session.role}
          </Text>
          <Tooltip label="Sign out">
            <ActionIcon variant="subtle" color="gray" size="lg" onClick={onSignOut} aria-label="Sign out">
              <IconSignOut size={19} />
            </ActionIcon>
          </Tooltip>
        </Group>
      </header>
      {session.tenant ? (
        <>
          <Board zone={zone} selected={leadId} />
          {leadId ? (
            <LeadPane key={leadId} leadId={leadId} zone={zone} />
          ) : (
            <main className="pane pane-empty">
              <Empty icon={<IconChat size={26} aria-hidden />} title="Pick a conversation">
                Everything a customer said on the phone, by text or in the chat is one timeline here, live.
              </Empty>
            </main>
          )}
        </>
      ) : (
        <main className="pane pane-alone">
          <Empty icon={<IconUser size={26} aria-hidden />} title="This token belongs to no business">
            Conversations belong to one business. Sign in with a token of that business.
          </Empty>
        </main>
      )}
    </div>
  )
}
