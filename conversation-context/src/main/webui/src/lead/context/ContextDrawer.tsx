import { Drawer, RangeSlider, SegmentedControl, Slider, Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useMemo, useState } from 'react'
import { useZone } from '../../session/operator'
import type { Entry } from '../../shared/model'
import { useNarrow } from '../../shared/narrow'
import { momentExactly } from '../../shared/time'
import classes from './Context.module.css'
import { ContextChange } from './ContextChange'
import { ContextThen } from './ContextThen'

interface ContextDrawerProps {
  leadId: string
  entries: Entry[]
  onClose: () => void
}

/** A hand on a slider asks many questions; the server is asked when it rests. */
const REST_MILLIS = 150

/** What the agent was told, at any moment of the timeline, and what changed between two of them. */
export default function ContextDrawer({ leadId, entries, onClose }: ContextDrawerProps) {
  const zone = useZone()
  const narrow = useNarrow()
  const [mode, setMode] = useState<'then' | 'change'>('then')
  const moments = useMemo(() => instants(entries), [entries])
  const last = moments.length - 1
  const [at, setAt] = useState(last)
  const [range, setRange] = useState<[number, number]>([0, Math.max(0, last)])
  const [then] = useDebouncedValue(at, REST_MILLIS)
  const [between] = useDebouncedValue(range, REST_MILLIS)
  const label = (index: number) => (moments[index] ? momentExactly(moments[index], zone) : '')

  return (
    <Drawer
      opened
      onClose={onClose}
      position={narrow ? 'bottom' : 'right'}
      size={narrow ? '92%' : 620}
      title="What the agent knows"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {last < 0 ? (
        <Text c="dimmed">Nothing yet: the agent meets a stranger.</Text>
      ) : (
        <Stack gap="md">
          <SegmentedControl
            aria-label="What is shown"
            value={mode}
            onChange={(value) => setMode(value as 'then' | 'change')}
            data={[
              { value: 'then', label: 'At a moment' },
              { value: 'change', label: 'Between two moments' },
            ]}
          />
          <div className={classes.slider}>
            {mode === 'then' ? (
              <Slider
                min={0}
                max={Math.max(1, last)}
                disabled={last === 0}
                value={at}
                onChange={setAt}
                label={null}
                thumbSize={26}
                thumbLabel="Moment of the timeline"
                thumbProps={{ 'aria-valuetext': label(at) }}
              />
            ) : (
              <RangeSlider
                min={0}
                max={Math.max(1, last)}
                disabled={last === 0}
                minRange={0}
                value={range}
                onChange={setRange}
                label={null}
                thumbSize={26}
                thumbFromLabel="From this moment"
                thumbToLabel="To this moment"
                thumbProps={(index) => ({ 'aria-valuetext': label(range[index] ?? 0) })}
              />
            )}
          </div>
          {mode === 'then' ? (
            <ContextThen leadId={leadId} at={moments[then]!} entry={lastAt(entries, moments[then]!)} />
          ) : (
            <ContextChange leadId={leadId} from={moments[between[0]]!} to={moments[between[1]]!} />
          )}
        </Stack>
      )}
    </Drawer>
  )
}

/** The moments something happened, each once, oldest first. */
function instants(entries: Entry[]): string[] {
  return [...new Set(entries.map((entry) => entry.time))]
}

function lastAt(entries: Entry[], time: string): Entry | undefined {
  return entries.findLast((entry) => entry.time === time)
}
