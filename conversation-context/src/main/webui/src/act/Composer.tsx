import { Group, SegmentedControl, Text, Textarea } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useRef, useState, type KeyboardEvent } from 'react'
import { useNoActing, useOperator } from '../session/operator'
import { useAction } from '../shared/action'
import { ActButton } from '../shared/ActButton'
import { IconNote, IconSend, IconSms, IconWhisper } from '../shared/icons'
import type { LeadDetails } from '../shared/model'
import { ProblemNotice } from '../shared/ProblemNotice'
import { moment } from '../shared/time'
import { acts, type SentText } from './api'
import classes from './Composer.module.css'

type Mode = 'text' | 'note' | 'whisper'

const MODES: Record<Mode, { label: string; placeholder: string; send: string; most: number }> = {
  text: { label: 'Text', placeholder: 'Write a text to the customer', send: 'Send text', most: 1600 },
  note: { label: 'Note', placeholder: 'A note for colleagues; the customer never sees it', send: 'Save note', most: 4000 },
  whisper: {
    label: 'Whisper',
    placeholder: 'Tell the agent something; the customer does not hear it',
    send: 'Whisper',
    most: 1000,
  },
}
const ICONS = { text: IconSms, note: IconNote, whisper: IconWhisper }

/** Words of the operator's: to the customer, to colleagues, or to the agent in a live call. */
export function Composer({ details }: { details: LeadDetails }) {
  const { leadId, phone, onThePhone } = details.lead
  const { tenant } = useOperator()
  const [mode, setMode] = useState<Mode>('text')
  const [drafts, setDrafts] = useState<Record<Mode, string>>({ text: '', note: '', whisper: '' })
  const field = useRef<HTMLTextAreaElement>(null)
  const viewer = useNoActing()
  const draft = drafts[mode]
  const { placeholder, send, most } = MODES[mode]

  const submission = useAction(async ({ mode, body, later }: { mode: Mode; body: string; later: boolean }, key) => {
    if (mode === 'note') await acts.note(leadId, body, key)
    else if (mode === 'whisper') await acts.whisper(leadId, body, key)
    else {
      const text = await acts.text(
        { tenantId: tenant.id, leadId, body, inQuietHours: later ? 'schedule' : 'refuse' },
        key,
      )
      tellPlan(text, tenant.timeZone)
    }
    return mode
  })

  const reason =
    viewer ??
    (mode === 'text' && !phone ? 'No phone number is known of this customer.' : undefined) ??
    (mode === 'text' && details.textsAllowed === false ? 'The customer has stopped texts; only the customer can allow them again.' : undefined) ??
    (mode === 'whisper' && !onThePhone ? 'A whisper reaches the agent in a live call; nobody is on the phone.' : undefined)

  const submit = (later = false) => {
    const body = draft.trim()
    if (reason || !body) return
    void submission.run({ mode, body, later }).then((sent) => {
      if (sent) setDrafts((had) => (had[sent].trim() === body ? { ...had, [sent]: '' } : had))
    })
  }
  const choose = (next: Mode) => {
    setMode(next)
    submission.clear()
    field.current?.focus()
  }
  useHotkeys([
    ['alt+t', () => choose('text')],
    ['alt+n', () => choose('note')],
    ['alt+w', () => choose('whisper')],
  ])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      submit()
    }
  }

  return (
    <form
      className={classes.composer}
      data-mode={mode}
      aria-label="Write"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <ProblemNotice error={submission.error} onClose={submission.clear} />
      {submission.error?.problem.code === 'QUIET_HOURS' && (
        <ActButton size="xs" variant="default" onClick={() => submit(true)} loading={submission.busy}>
          Send it when the quiet hours are over
        </ActButton>
      )}
      <Textarea
        ref={field}
        aria-label={placeholder}
        placeholder={placeholder}
        value={draft}
        onChange={(event) => {
          const { value } = event.currentTarget
          setDrafts((had) => ({ ...had, [mode]: value }))
        }}
        onKeyDown={onKeyDown}
        maxLength={most}
        autosize
        minRows={2}
        maxRows={8}
        disabled={viewer !== undefined}
      />
      <Group justify="space-between" gap="xs">
        <SegmentedControl
          size="xs"
          aria-label="What is written"
          value={mode}
          onChange={(value) => choose(value as Mode)}
          data={(Object.keys(MODES) as Mode[]).map((value) => ({ value, label: <ModeLabel mode={value} /> }))}
        />
        <Group gap="sm" ml="auto">
          {draft.length > most * 0.8 && (
            <Text size="xs" c="dimmed">
              {most - draft.length} left
            </Text>
          )}
          <ActButton
            type="submit"
            size="sm"
            reason={reason}
            loading={submission.busy}
            disabled={!reason && !draft.trim()}
            leftSection={<IconSend size={16} aria-hidden />}
          >
            {send}
          </ActButton>
        </Group>
      </Group>
    </form>
  )
}

function ModeLabel({ mode }: { mode: Mode }) {
  const Icon = ICONS[mode]
  return (
    <Group gap={5} wrap="nowrap">
      <Icon size={14} aria-hidden />
      {MODES[mode].label}
    </Group>
  )
}

/** A text that leaves now is soon in the timeline; one that leaves later is told here. */
function tellPlan(text: SentText, zone: string) {
  if (text.status === 'scheduled') {
    notifications.show({ title: 'The text is planned', message: `It leaves ${moment(text.sendAt, zone)}.` })
  }
}
