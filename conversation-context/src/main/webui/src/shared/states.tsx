import { Button, Center, Loader, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { IconAlert } from './icons'
import classes from './states.module.css'

interface EmptyProps {
  icon: ReactNode
  title: string
  children?: ReactNode
  action?: ReactNode
  onSignOut?: () => void
}

/** Nothing to show, and what to do about it. */
export function Empty({ icon, title, children, action, onSignOut }: EmptyProps) {
  return (
    <Stack className={classes.state} align="center" gap="xs">
      <div className={classes.icon}>{icon}</div>
      <Title order={2} size="h4" ta="center">
        {title}
      </Title>
      {children && (
        <Text c="dimmed" ta="center" size="sm" maw={360}>
          {children}
        </Text>
      )}
      {action}
      {onSignOut && (
        <Button variant="default" onClick={onSignOut} mt="xs">
          Sign out
        </Button>
      )}
    </Stack>
  )
}

/** It did not work, and the way to try again. */
export function Failed({ title, detail, onRetry }: { title: string; detail: string; onRetry?: () => void }) {
  return (
    <Stack className={classes.state} align="center" gap="xs" role="alert">
      <div className={classes.icon} data-bad>
        <IconAlert size={26} aria-hidden />
      </div>
      <Title order={2} size="h4" ta="center">
        {title}
      </Title>
      <Text c="dimmed" ta="center" size="sm" maw={360}>
        {detail}
      </Text>
      {onRetry && (
        <Button variant="default" onClick={onRetry} mt="xs">
          Try again
        </Button>
      )}
    </Stack>
  )
}

/** A page is on its way. */
export function PageLoading() {
  return (
    <Center component="main" id="main" h="100%">
      <Loader aria-label="Loading" role="status" />
    </Center>
  )
}
