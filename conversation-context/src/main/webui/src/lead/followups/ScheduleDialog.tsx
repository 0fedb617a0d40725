import '@mantine/dates/styles.css'
import { Button, Group, Modal, SegmentedControl, Stack, Textarea } from '@mantine/core'
import { DateTimePicker } from '@mantine/dates'
import { useState } from 'react'
import { useZone } from '../../session/operator'
import { useAction } from '../../shared/action'
import { ProblemNotice } from '../../shared/ProblemNotice'
import { instantOf, wallClock } from '../../shared/wallClock'
import { followUps, type Order } from './api'

interface ScheduleDialogProps {
  leadId: string
  onScheduled: () => void
  onClose: () => void
}

const TOMORROW_MILLIS = 86_400_000

/** Has the customer texted or called at a time. */
export default function ScheduleDialog({ leadId, onScheduled, onClose }: ScheduleDialogProps) {
  const zone = useZone()
  const [channel, setChannel] = useState<Order['channel']>('TEXT')
  const [at, setAt] = useState<string | null>(() => `${wallClock(new Date(Date.now() + TOMORROW_MILLIS), zone).slice(0, 10)} 10:00:00`)
  const [words, setWords] = useState('')
  const schedule = useAction((order: Order, key) => followUps.schedule(leadId, order, key))

  const plan = async () => {
    if (!at) return
    const lines = words.split('\n').map((line) => line.trim()).filter(Boolean)
    const order = { channel, at: instantOf(at, zone), ...(channel === 'TEXT' ? { text: words.trim() } : { questions: lines }) }
    if (!(await schedule.run(order))) return
    onScheduled()
    onClose()
  }
  return (
    <Modal opened onClose={onClose} title="Text or call later">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void plan()
        }}
      >
        <Stack gap="sm">
          <SegmentedControl
            aria-label="How"
            value={channel}
            onChange={(value) => setChannel(value as Order['channel'])}
            data={[
              { value: 'TEXT', label: 'A text' },
              { value: 'CALL', label: 'A call of the agent' },
            ]}
          />
          <DateTimePicker
            label="When"
            description={`In ${zone.replaceAll('_', ' ')}; quiet hours put it off to their end.`}
            value={at}
            onChange={setAt}
            valueFormat="ddd, MMM D, h:mm A"
            timePickerProps={{ format: '12h' }}
          />
          <Textarea
            label={channel === 'TEXT' ? 'What it says' : 'What the agent asks'}
            description={channel === 'TEXT' ? '{name} and {business} are filled in.' : 'One question on each line.'}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
            autosize
            minRows={3}
            maxLength={1600}
            data-autofocus
          />
          <ProblemNotice error={schedule.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Close
            </Button>
            <Button type="submit" loading={schedule.busy} disabled={!at || (channel === 'TEXT' && !words.trim())}>
              Plan it
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
