import { Button, Loader } from '@mantine/core'
import { Fragment, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Entry } from '../shared/model'
import { IconArrowDown } from '../shared/icons'
import { day, dayKey } from '../shared/time'
import { EntryView } from './entries/EntryView'
import classes from './Timeline.module.css'

interface Props {
  leadId: string
  entries: Entry[]
  zone: string
  older: boolean
  loadingOlder: boolean
  onOlder: () => Promise<void>
}

/** Closer than this to the end counts as reading the end. */
const NEAR_PIXELS = 80

/** The timeline, growing at its end. Follows the end only while the reader is there. */
export function TimelineView({ leadId, entries, zone, older, loadingOlder, onOlder }: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  const following = useRef(true)
  const heightBefore = useRef<number>(undefined)
  const seen = useRef(entries.at(-1)?.id)
  const [unseen, setUnseen] = useState(false)

  const toEnd = (behavior: ScrollBehavior) => {
    const box = scroller.current
    box?.scrollTo({ top: box.scrollHeight, behavior })
    setUnseen(false)
  }

  useLayoutEffect(() => {
    const box = scroller.current
    if (!box) return
    if (heightBefore.current !== undefined) {
      // Older entries came in above: what the reader looks at stays where it is.
      box.scrollTop += box.scrollHeight - heightBefore.current
      heightBefore.current = undefined
    } else if (following.current) {
      toEnd('instant')
    } else if (entries.at(-1)?.id !== seen.current) {
      setUnseen(true)
    }
    seen.current = entries.at(-1)?.id
  }, [entries])

  // The box changes its height when a notice appears or a phone's keyboard opens; the end stays in sight.
  useEffect(() => {
    const box = scroller.current
    if (!box) return
    const observer = new ResizeObserver(() => following.current && toEnd('instant'))
    observer.observe(box)
    return () => observer.disconnect()
  }, [])

  const onScroll = () => {
    const box = scroller.current
    if (!box) return
    following.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PIXELS
    if (following.current) setUnseen(false)
  }

  const loadOlder = async () => {
    heightBefore.current = scroller.current?.scrollHeight
    try {
      await onOlder()
    } catch {
      heightBefore.current = undefined
    }
  }

  return (
    <div className={classes.frame}>
      <div className={classes.timeline} ref={scroller} onScroll={onScroll} tabIndex={0} role="log" aria-label="Conversation">
        {older && (
          <Button variant="subtle" size="compact-sm" className={classes.older} onClick={() => void loadOlder()} disabled={loadingOlder}>
            {loadingOlder ? <Loader size="xs" aria-label="Loading" /> : 'Earlier'}
          </Button>
        )}
        {entries.map((entry, index) => {
          const before = entries[index - 1]
          const newDay = !before || dayKey(before.time, zone) !== dayKey(entry.time, zone)
          return (
            <Fragment key={entry.id}>
              {newDay && (
                <div className={classes.day} role="separator">
                  <span>{day(entry.time, zone)}</span>
                </div>
              )}
              <EntryView entry={entry} before={newDay ? undefined : before} zone={zone} leadId={leadId} />
            </Fragment>
          )
        })}
      </div>
      {unseen && (
        <Button
          className={classes.toEnd}
          size="compact-md"
          radius="xl"
          leftSection={<IconArrowDown size={16} aria-hidden />}
          onClick={() => {
            following.current = true
            toEnd('smooth')
          }}
        >
          New below
        </Button>
      )}
    </div>
  )
}
