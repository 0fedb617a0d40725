import { ActionIcon, Button, Fieldset, Group, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useNoAdministering } from '../session/operator'
import { IconPlus, IconTrash } from '../shared/icons'
import { phone } from '../shared/people'
import type { Business, Human } from './api'
import { Save } from './Save'
import { useChange } from './useChange'

interface Words {
  name: string
  timeZone: string
  aiGreeting: string
  aiTone: string
  fallbackNumber: string
  autoReply: string
  quietFrom: string
  quietTo: string
  humans: Human[]
}

function wordsOf({ name, timeZone, settings }: Business): Words {
  return {
    name,
    timeZone,
    aiGreeting: settings.aiGreeting ?? '',
    aiTone: settings.aiTone ?? '',
    fallbackNumber: settings.fallbackNumber ?? '',
    autoReply: settings.autoReply ?? '',
    quietFrom: settings.texts?.quietHours?.from ?? '',
    quietTo: settings.texts?.quietHours?.to ?? '',
    humans: settings.calls?.humans ?? [],
  }
}

/** What is left empty is taken away. */
function patchOf(words: Words): object {
  const quiet = words.quietFrom && words.quietTo ? { from: words.quietFrom, to: words.quietTo } : null
  return {
    name: words.name,
    timeZone: words.timeZone,
    settings: {
      aiGreeting: words.aiGreeting || null,
      aiTone: words.aiTone || null,
      fallbackNumber: words.fallbackNumber || null,
      autoReply: words.autoReply || null,
      texts: { quietHours: quiet },
      calls: { humans: words.humans },
    },
  }
}

const ZONES = Intl.supportedValuesOf('timeZone')

/** Who the business is, how its agent speaks, and whom a call may be handed to. */
export function BusinessSection({ business, onChanged }: { business: Business; onChanged: (business: Business) => void }) {
  const reason = useNoAdministering()
  const change = useChange(business, onChanged)
  const form = useForm<Words>({ initialValues: wordsOf(business) })
  const locked = reason !== undefined
  const submit = form.onSubmit(async (words) => {
    if (!reason && (await change.save(patchOf(words)))) form.resetDirty()
  })
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {business.twilioPhoneNumber ? `Number ${phone(business.twilioPhoneNumber)}` : 'No number yet'} · calls by{' '}
          {business.voicePath === 'BRIDGE' ? 'our bridge' : 'ElevenLabs'}
        </Text>
        <Group grow align="start">
          <TextInput label="Name" required disabled={locked} {...form.getInputProps('name')} />
          <TextInput label="Time zone" required list="zones" disabled={locked} {...form.getInputProps('timeZone')} />
        </Group>
        <datalist id="zones">
          {ZONES.map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
        <Textarea label="Greeting" description="What the agent says first." autosize disabled={locked} {...form.getInputProps('aiGreeting')} />
        <TextInput label="Tone" description="How the agent speaks." disabled={locked} {...form.getInputProps('aiTone')} />
        <Group grow align="start">
          <TextInput
            label="Fallback number"
            description="Rung when the agent cannot be reached."
            type="tel"
            disabled={locked}
            {...form.getInputProps('fallbackNumber')}
          />
          <TextInput
            label="Automatic reply"
            description="Sent when no agent can answer a text."
            disabled={locked}
            {...form.getInputProps('autoReply')}
          />
        </Group>
        <Fieldset legend="Quiet hours" disabled={locked}>
          <Group>
            <TextInput type="time" label="From" {...form.getInputProps('quietFrom')} />
            <TextInput type="time" label="To" {...form.getInputProps('quietTo')} />
            <Text size="sm" c="dimmed" flex={1}>
              In these hours, in the customer’s zone, no text of ours goes out but answers.
            </Text>
          </Group>
        </Fieldset>
        <Fieldset legend="People who take calls" disabled={locked}>
          <Stack gap="xs">
            {form.values.humans.map((_, index) => (
              <Group key={index} align="end" gap="xs" wrap="nowrap">
                <TextInput label="Name" flex={1} {...form.getInputProps(`humans.${index}.name`)} />
                <TextInput label="Number" type="tel" flex={1} {...form.getInputProps(`humans.${index}.number`)} />
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size={36}
                  aria-label={`Remove ${form.values.humans[index]?.name || 'this person'}`}
                  onClick={() => form.removeListItem('humans', index)}
                >
                  <IconTrash size={17} />
                </ActionIcon>
              </Group>
            ))}
            <Button
              variant="subtle"
              size="compact-sm"
              style={{ alignSelf: 'flex-start' }}
              leftSection={<IconPlus size={15} aria-hidden />}
              onClick={() => form.insertListItem('humans', { name: '', number: '' })}
            >
              Add a person
            </Button>
          </Stack>
        </Fieldset>
        <Save reason={reason} dirty={form.isDirty()} busy={change.busy} error={change.error} />
      </Stack>
    </form>
  )
}
