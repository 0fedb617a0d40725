import { Button, Stack, Text, Title } from '@mantine/core'
import { Component, type ReactNode } from 'react'

/** A page that breaks leaves the frame standing, and says how to go on. */
export class SafeGround extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false }

  static getDerivedStateFromError() {
    return { broken: true }
  }

  override render() {
    if (!this.state.broken) return this.props.children
    return (
      <Stack component="main" id="main" align="center" justify="center" h="100%" gap="xs" p="xl">
        <Title order={1} size="h4">
          This page could not be shown
        </Title>
        <Text c="dimmed" size="sm" ta="center" maw={360}>
          A part of it did not load, or met something it does not know. Nothing that happens meanwhile is lost.
        </Text>
        <Button variant="default" onClick={() => window.location.reload()}>
          Load it again
        </Button>
      </Stack>
    )
  }
}
