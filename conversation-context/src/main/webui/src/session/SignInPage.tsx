import { Alert, Button, Code, Loader, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core'
import { useCallback, useEffect, useState, type FormEvent } from 'react'
import type { ApiError } from '../shared/http'
import { IconAlert } from '../shared/icons'
import { session, type Session } from './api'
import classes from './SignInPage.module.css'

/** Takes an operator token, typed or from the address' fragment, which never leaves the browser on its own. */
export function SignInPage({ onSignedIn }: { onSignedIn: (session: Session) => void }) {
  const [token, setToken] = useState('')
  const [error, setError] = useState<string>()
  const [busy, setBusy] = useState(false)

  const signIn = useCallback(
    async (value: string) => {
      setBusy(true)
      setError(undefined)
      try {
        onSignedIn(await session.signIn(value.trim()))
      } catch (failure) {
        setError((failure as ApiError).message)
        setBusy(false)
      }
    },
    [onSignedIn],
  )

  useEffect(() => {
    const takeFromAddress = () => {
      const given = new URLSearchParams(window.location.hash.slice(1)).get('token')
      if (!given) return
      // First out of the address bar and the history, then used.
      window.history.replaceState(null, '', window.location.pathname + window.location.search)
      void signIn(given)
    }
    takeFromAddress()
    // A sign-in link opened in a tab that shows this page already changes only the fragment.
    window.addEventListener('hashchange', takeFromAddress)
    return () => window.removeEventListener('hashchange', takeFromAddress)
  }, [signIn])

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (token.trim()) void signIn(token)
  }

  return (
    <main className={classes.page}>
      <Paper withBorder p="xl" radius="lg" className={classes.card} shadow="sm">
        <form onSubmit={submit}>
          <Stack gap="md">
            <Stack gap={6} align="flex-start">
              <img src="/assets/mark.svg" alt="" width={44} height={44} />
              <Title order={1} size="h2">
                Throughline
              </Title>
              <Text c="dimmed" size="sm">
                Calls, texts and chats with each customer as one conversation.
              </Text>
            </Stack>
            <PasswordInput
              label="Operator token"
              placeholder="Paste your token"
              value={token}
              onChange={(event) => setToken(event.currentTarget.value)}
              autoComplete="off"
              spellCheck={false}
              data-autofocus
              autoFocus
              disabled={busy}
            />
            {error && (
              <Alert color="red" variant="light" icon={<IconAlert size={18} />} role="alert">
                {error}
              </Alert>
            )}
            <Button type="submit" disabled={!token.trim() || busy} fullWidth>
              {busy ? <Loader size="xs" color="currentColor" aria-label="Signing in" /> : 'Sign in'}
            </Button>
            <Text c="dimmed" size="xs">
              On the local stack, <Code>./dev token</Code> prints one.
            </Text>
          </Stack>
        </form>
      </Paper>
    </main>
  )
}
