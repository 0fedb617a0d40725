import { Center, Loader } from '@mantine/core'
import { useCallback, useEffect, useRef, useState } from 'react'
import { Redirect, useLocation } from 'wouter'
import { session as sessions, type Session } from './session/api'
import { SignInPage } from './session/SignInPage'
import type { ApiError } from './shared/http'
import { Failed } from './shared/states'
import { Shell } from './shell/Shell'

type Access = { is: 'asking' } | { is: 'out' } | { is: 'in'; session: Session } | { is: 'failed'; why: string }

/** Decides between the sign-in page and the console; every piece of data is behind the session. */
export function App() {
  const [access, setAccess] = useState<Access>({ is: 'asking' })
  const [path, navigate] = useLocation()
  const asked = useRef(0)

  const ask = useCallback(() => {
    const question = ++asked.current
    // The "nobody" of before the sign-in may be answered after it.
    const answer = (next: Access) => question === asked.current && setAccess(next)
    answer({ is: 'asking' })
    sessions.whoAmI().then(
      (session) => answer({ is: 'in', session }),
      (error: ApiError) =>
        answer(error.status === 401 || error.status === 403 ? { is: 'out' } : { is: 'failed', why: error.message }),
    )
  }, [])

  useEffect(ask, [ask])
  useEffect(() => {
    const out = () => setAccess({ is: 'out' })
    window.addEventListener('signed-out', out)
    return () => window.removeEventListener('signed-out', out)
  }, [])

  const signedIn = (session: Session) => {
    const next = new URLSearchParams(window.location.search).get('next')
    asked.current++
    setAccess({ is: 'in', session })
    // Only a path of ours: "//elsewhere" would be another site.
    navigate(next && /^\/(?!\/)/.test(next) ? next : '/', { replace: true })
  }
  const signOut = () => {
    void sessions.signOut().finally(() => setAccess({ is: 'out' }))
  }

  if (path === '/sign-in') return <SignInPage onSignedIn={signedIn} />
  if (access.is === 'asking') {
    return (
      <Center component="main" h="100dvh">
        <Loader aria-label="Loading" role="status" />
      </Center>
    )
  }
  if (access.is === 'failed') {
    return (
      <Center component="main" h="100dvh">
        <Failed title="Throughline is not there" detail={access.why} onRetry={ask} />
      </Center>
    )
  }
  if (access.is === 'out') {
    return <Redirect to={path === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(path)}`} replace />
  }
  return <Shell session={access.session} onSignOut={signOut} />
}
