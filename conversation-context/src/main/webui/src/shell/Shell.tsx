import { Stack } from '@mantine/core'
import { lazy, Suspense, useMemo } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import { BoardStreamProvider } from '../board/BoardStream'
import { ConversationsPage } from '../board/ConversationsPage'
import type { Session } from '../session/api'
import { OperatorContext } from '../session/operator'
import { PhoneBar } from '../act/phone/PhoneBar'
import { PhoneProvider } from '../act/phone/PhoneProvider'
import { IconUser } from '../shared/icons'
import { Empty, PageLoading } from '../shared/states'
import { SafeGround } from './SafeGround'
import classes from './Shell.module.css'
import { TopBar } from './TopBar'

const CallPage = lazy(() => import('../call/CallPage'))
const FollowUpsPage = lazy(() => import('../followups/FollowUpsPage'))
const CalendarPage = lazy(() => import('../calendar/CalendarPage'))
const InstallationPage = lazy(() => import('../installation/InstallationPage'))
const SettingsPage = lazy(() => import('../settings/SettingsPage'))

/** One route, so that the list stays where it is when a conversation is opened. */
const CONVERSATIONS = /^\/(?:leads\/(?<id>[^/]+)\/?)?$/

/** The frame of every page: who and where one is, and the pages themselves. */
export function Shell({ session, onSignOut }: { session: Session; onSignOut: () => void }) {
  const operator = useMemo(
    () => session.tenant && { name: session.name, role: session.role, tenant: session.tenant },
    [session],
  )
  if (!operator && session.role === 'admin') {
    return (
      <Suspense fallback={<PageLoading />}>
        <InstallationPage name={session.name} onSignOut={onSignOut} />
      </Suspense>
    )
  }
  if (!operator) {
    return (
      <Stack component="main" h="100dvh" justify="center">
        <Empty icon={<IconUser size={26} aria-hidden />} title="This token belongs to no business" onSignOut={onSignOut}>
          Conversations belong to one business. Sign in with a token of that business.
        </Empty>
      </Stack>
    )
  }
  return (
    <OperatorContext value={operator}>
      <BoardStreamProvider>
        <PhoneProvider>
        <div className={classes.shell}>
          <a className={classes.skip} href="#main">
            Skip to the page
          </a>
          <TopBar onSignOut={onSignOut} />
          <PhoneBar />
          <div className={classes.ground}>
          <SafeGround>
            <Suspense fallback={<PageLoading />}>
              <Switch>
                <Route path={CONVERSATIONS}>{({ id }) => <ConversationsPage leadId={id} />}</Route>
                <Route path="/leads/:id/calls/:callId">
                  {({ id, callId }) => <CallPage key={callId} leadId={id} callId={callId} />}
                </Route>
                <Route path="/calendar">
                  <CalendarPage />
                </Route>
                <Route path="/follow-ups">
                  <FollowUpsPage />
                </Route>
                <Route path="/settings/:section?">{({ section }) => <SettingsPage section={section} />}</Route>
                <Route>
                  <Redirect to="/" replace />
                </Route>
              </Switch>
            </Suspense>
          </SafeGround>
          </div>
        </div>
        </PhoneProvider>
      </BoardStreamProvider>
    </OperatorContext>
  )
}
