import { SimpleGrid, Stack, Title } from '@mantine/core'
import { useLoaded } from '../shared/load'
import { Failed } from '../shared/states'
import { board } from './api'
import { useRefreshOnChange } from './BoardStream'
import { LiveCalls } from './LiveCalls'
import { MissedCalls } from './MissedCalls'
import classes from './Now.module.css'
import { Today } from './Today'
import { WaitingTexts } from './WaitingTexts'

/** What needs somebody now, and how the day has gone. */
export function Now() {
  const now = useLoaded('board', board.now)
  useRefreshOnChange(now.reload)

  if (now.error && !now.data) {
    return (
      <main id="main" className={classes.now}>
        <Failed title="The board did not load" detail={now.error.message} onRetry={now.reload} />
      </main>
    )
  }
  return (
    <main id="main" className={classes.now} aria-busy={!now.data} tabIndex={0}>
      <Stack gap="lg" maw={1180} mx="auto">
        <Title order={1} size="h3">
          Now
        </Title>
        <Today numbers={now.data?.numbers} />
        <SimpleGrid cols={{ base: 1, lg: 3, md: 2 }} spacing="lg">
          <LiveCalls calls={now.data?.liveCalls} />
          <WaitingTexts texts={now.data?.waitingTexts} />
          <MissedCalls calls={now.data?.missedCalls} />
        </SimpleGrid>
      </Stack>
    </main>
  )
}
