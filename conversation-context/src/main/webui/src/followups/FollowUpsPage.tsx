import { Button, Group, SegmentedControl, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import { followUps, HOW, type FollowUp, type FollowUpPage } from '../lead/followups/api'
import { useNoActing, useZone } from '../session/operator'
import { useAction } from '../shared/action'
import { ActIcon } from '../shared/ActButton'
import { IconHistory, IconPlay, IconX } from '../shared/icons'
import { useLoaded } from '../shared/load'
import { title } from '../shared/people'
import { ProblemNotice } from '../shared/ProblemNotice'
import { Empty, Failed } from '../shared/states'
import { moment } from '../shared/time'
import classes from './FollowUpsPage.module.css'

type Which = 'open' | 'over'

const REFRESH_MILLIS = 15_000

/** Everything that will be done by itself, for all customers, and what became of what was. */
export default function FollowUpsPage() {
  const [which, setWhich] = useState<Which>('open')
  const first = useLoaded(`follow-ups ${which}`, () => followUps.all(which))
  const [further, setFurther] = useState<{ which: Which; pages: FollowUpPage[] }>({ which, pages: [] })
  const pages = first.data ? [first.data, ...(further.which === which ? further.pages : [])] : []
  const next = pages.at(-1)?.nextCursor
  const more = useAction(async (cursor: string) => {
    const page = await followUps.all(which, cursor)
    setFurther((had) => ({ which, pages: [...(had.which === which ? had.pages : []), page] }))
  })
  const { reload } = first
  const afresh = () => {
    setFurther({ which, pages: [] })
    reload()
  }
  useEffect(() => {
    // They come due by themselves; who has looked further back is left in peace.
    const timer = window.setInterval(() => further.pages.length === 0 && reload(), REFRESH_MILLIS)
    return () => window.clearInterval(timer)
  }, [reload, further])

  return (
    <main id="main" className={classes.page} tabIndex={0} aria-busy={first.loading && !first.data}>
      <Stack gap="md" maw={980} mx="auto">
        <Group justify="space-between">
          <Title order={1} size="h3">
            Follow-ups
          </Title>
          <SegmentedControl
            aria-label="Which"
            value={which}
            onChange={(value) => setWhich(value as Which)}
            data={[
              { value: 'open', label: 'To be done' },
              { value: 'over', label: 'Over' },
            ]}
          />
        </Group>
        {first.error && !first.data ? (
          <Failed title="The follow-ups did not load" detail={first.error.message} onRetry={reload} />
        ) : !first.data ? (
          <Skeleton height={220} />
        ) : pages[0]!.followUps.length === 0 ? (
          <Empty icon={<IconHistory size={26} aria-hidden />} title={which === 'open' ? 'Nothing is waiting' : 'Nothing was done yet'}>
            What is done by itself is set up in the settings, under Follow-ups; a single one is planned in a conversation.
          </Empty>
        ) : (
          <Rows pages={pages} onChanged={afresh} />
        )}
        <ProblemNotice error={more.error} onClose={more.clear} />
        {next && (
          <Button variant="default" loading={more.busy} onClick={() => void more.run(next)} style={{ alignSelf: 'center' }}>
            More
          </Button>
        )}
      </Stack>
    </main>
  )
}

function Rows({ pages, onChanged }: { pages: FollowUpPage[]; onChanged: () => void }) {
  const reason = useNoActing()
  const act = useAction(async ({ id, now }: { id: string; now: boolean }) => {
    await (now ? followUps.now(id) : followUps.cancel(id))
    onChanged()
  })
  return (
    <>
      <ProblemNotice error={act.error} onClose={act.clear} />
      <ul className={classes.rows}>
        {pages.flatMap(({ followUps: page, leads }) =>
          page.map((one) => (
            <Row key={one.id} one={one} whom={title(leads?.[one.leadId] ?? {})} reason={reason} onAct={(now) => void act.run({ id: one.id, now })} />
          )),
        )}
      </ul>
    </>
  )
}

interface RowProps {
  one: FollowUp
  whom: string
  reason?: string
  onAct: (now: boolean) => void
}

function Row({ one, whom, reason, onAct }: RowProps) {
  const zone = useZone()
  const waiting = one.state === 'scheduled' || one.state === 'due'
  return (
    <li className={classes.row}>
      <span className={classes.when}>{moment(one.dueAt, zone)}</span>
      <div>
        <Text>
          <Link href={`/leads/${one.leadId}`}>{whom}</Link> · {HOW[one.channel]}
          {one.state !== 'scheduled' && `, ${one.state}`}
        </Text>
        <span className={classes.words}>{[one.why, one.note, one.text ?? one.questions.join(' ')].filter(Boolean).join(' · ')}</span>
      </div>
      {waiting && (
        <Group gap={2} wrap="nowrap">
          <ActIcon variant="subtle" size="lg" reason={reason} label={`Do it now: ${whom}`} onClick={() => onAct(true)}>
            <IconPlay size={16} />
          </ActIcon>
          <ActIcon variant="subtle" color="red" size="lg" reason={reason} label={`Cancel it: ${whom}`} onClick={() => onAct(false)}>
            <IconX size={18} />
          </ActIcon>
        </Group>
      )}
    </li>
  )
}
