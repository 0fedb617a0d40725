import { Button, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { IconAlert } from './icons'

/** Nothing to show, and what to do about it. */
export function Empty({ icon, title, children }: { icon: ReactNode; title: string; children?: ReactNode }) {
  return (
    <Stack className="state" align="center" gap="xs">
      <div className="state-icon">{icon}</div>
      <Title order={2} size="h4" ta="center">
        {title}
      </Title>
      {children && (
        <Text c="dimmed" ta="center" size="sm" maw={360}>
          {children}
        </Text>
      )}
    </Stack>
  )
}

/** It did not work, and the way to try again. */
export function Failed({ title, detail, onRetry }: { title: string; detail: string; onRetry?: () => void }) {
  return (
    <Stack className="state" align="center" gap="xs" role="alert">
      <div className="state-icon state-icon-bad">
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
