import { Fieldset, SegmentedControl, Stack, Switch, TagsInput, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useNoAdministering } from '../session/operator'
import type { Business, FollowUpKind, FollowUpRule, FollowUps } from './api'
import { Save } from './Save'
import { useChange } from './useChange'

const KINDS: { kind: FollowUpKind; title: string; when: string; standard: FollowUpRule }[] = [
  {
    kind: 'missedCall',
    title: 'A call nobody spoke with',
    when: 'Minutes after the call',
    standard: { minutes: [2], channel: 'TEXT', text: 'Sorry we missed your call. How can {business} help?' },
  },
  {
    kind: 'callWithoutBooking',
    title: 'A call without a booking',
    when: 'Minutes after the call',
    standard: { minutes: [60], channel: 'TEXT', text: 'Thank you for calling, {name|there}. Shall we find a time for you?' },
  },
  {
    kind: 'reminder',
    title: 'Before an appointment',
    when: 'Minutes before it',
    standard: { minutes: [1440], channel: 'TEXT', text: 'See you {time}, {name|there}: {service} with {staff}.' },
  },
]

/** What is done by itself: texts and calls after a call, and before an appointment. */
export function FollowUpsSection({ business, onChanged }: { business: Business; onChanged: (business: Business) => void }) {
  const reason = useNoAdministering()
  const change = useChange(business, onChanged)
  const [rules, setRules] = useState<FollowUps>(business.settings.followUps ?? {})
  const [dirty, setDirty] = useState(false)
  const put = (kind: FollowUpKind, rule: FollowUpRule | undefined) => {
    setRules((had) => ({ ...had, [kind]: rule }))
    setDirty(true)
  }
  const save = async () => {
    const followUps = Object.fromEntries(KINDS.map(({ kind }) => [kind, rules[kind] ?? null]))
    if (await change.save({ settings: { followUps } })) setDirty(false)
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (!reason) void save()
      }}
    >
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          Placeholders: {'{name}'}, {'{business}'}, before an appointment also {'{service}'}, {'{staff}'}, {'{time}'}; {'{name|there}'} says
          “there” where no name is known. Quiet hours and customers who stopped texts are always respected.
        </Text>
        {KINDS.map(({ kind, title, when, standard }) => (
          <Fieldset key={kind} legend={title} disabled={reason !== undefined}>
            <Switch
              label={rules[kind] ? 'Is followed up' : 'Is not followed up'}
              checked={rules[kind] !== undefined && rules[kind] !== null}
              onChange={(event) => put(kind, event.currentTarget.checked ? standard : undefined)}
            />
            {rules[kind] && <Rule rule={rules[kind]} when={when} onChange={(rule) => put(kind, rule)} disabled={reason !== undefined} />}
          </Fieldset>
        ))}
        <Save reason={reason} dirty={dirty} busy={change.busy} error={change.error} />
      </Stack>
    </form>
  )
}

interface RuleProps {
  rule: FollowUpRule
  when: string
  onChange: (rule: FollowUpRule) => void
  disabled: boolean
}

function Rule({ rule, when, onChange, disabled }: RuleProps) {
  return (
    <Stack gap="sm" mt="sm">
      <TagsInput
        label={when}
        description="One follow-up for each number."
        value={rule.minutes.map(String)}
        disabled={disabled}
        onChange={(values) => onChange({ ...rule, minutes: values.map(Number).filter((value) => Number.isInteger(value) && value >= 0) })}
      />
      <SegmentedControl
        aria-label="By"
        value={rule.channel}
        disabled={disabled}
        onChange={(channel) => onChange({ ...rule, channel: channel as FollowUpRule['channel'] })}
        data={[
          { value: 'TEXT', label: 'By text' },
          { value: 'CALL', label: 'By a call of the agent' },
        ]}
      />
      {rule.channel === 'TEXT' ? (
        <Textarea
          label="What it says"
          autosize
          disabled={disabled}
          value={rule.text ?? ''}
          onChange={(event) => onChange({ ...rule, text: event.currentTarget.value })}
        />
      ) : (
        <Textarea
          label="What the agent asks"
          description="One question on each line."
          autosize
          minRows={2}
          disabled={disabled}
          value={(rule.questions ?? []).join('\n')}
          onChange={(event) => onChange({ ...rule, questions: event.currentTarget.value.split('\n') })}
        />
      )}
    </Stack>
  )
}
