import { ActionIcon, Button, Code, CopyButton, Fieldset, Group, Stack, Switch, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import { useNoAdministering } from '../session/operator'
import { ActButton } from '../shared/ActButton'
import { IconCheck, IconCopy, IconPlus, IconTrash } from '../shared/icons'
import type { Business } from './api'
import { Save } from './Save'
import classes from './Settings.module.css'
import { useChange } from './useChange'

interface Words {
  enabled: boolean
  origins: string[]
}

const wordsOf = ({ settings: { widget } }: Business): Words => ({
  enabled: widget?.enabled ?? false,
  origins: widget && widget.origins.length > 0 ? widget.origins : [''],
})

const scriptTag = (key: string) => `<script type="module" src="${location.origin}/widget/v1.js" data-key="${key}"></script>`

/** The chat on the business' own pages: where it may run, and what to put there. */
export function WidgetSection({ business, onChanged }: { business: Business; onChanged: (business: Business) => void }) {
  const reason = useNoAdministering()
  const change = useChange(business, onChanged)
  const form = useForm<Words>({ initialValues: wordsOf(business) })
  const locked = reason !== undefined
  const key = business.settings.widget?.key
  const submit = form.onSubmit(async ({ enabled, origins }) => {
    const listed = origins.map((origin) => origin.trim()).filter(Boolean)
    if (!reason && (await change.save({ settings: { widget: { enabled, origins: listed } } }))) form.resetDirty()
  })
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          Visitors of your own pages write or talk with the agent. What is said stands in the conversation here, and your texts reach
          them in the chat.
        </Text>
        <Switch label="The chat is open" disabled={locked} {...form.getInputProps('enabled', { type: 'checkbox' })} />
        <Fieldset legend="Pages" disabled={locked}>
          <Stack gap="xs">
            <Text size="sm" c="dimmed">
              The addresses of your sites, without a path. On any other page the chat does not open.
            </Text>
            {form.values.origins.map((_, index) => (
              <Group key={index} align="end" gap="xs" wrap="nowrap">
                <TextInput
                  flex={1}
                  aria-label={`Site ${index + 1}`}
                  placeholder="https://www.example.com"
                  inputMode="url"
                  {...form.getInputProps(`origins.${index}`)}
                />
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size={36}
                  aria-label={`Remove site ${index + 1}`}
                  onClick={() => form.removeListItem('origins', index)}
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
              onClick={() => form.insertListItem('origins', '')}
            >
              Add a site
            </Button>
          </Stack>
        </Fieldset>
        <Save reason={reason} dirty={form.isDirty()} busy={change.busy} error={change.error} />
        {key && <ScriptTag tag={scriptTag(key)} reason={reason} renew={() => change.save({ settings: { widget: { key: null } } })} />}
      </Stack>
    </form>
  )
}

interface ScriptTagProps {
  tag: string
  reason?: string
  renew: () => Promise<boolean>
}

function ScriptTag({ tag, reason, renew }: ScriptTagProps) {
  const [asked, setAsked] = useState(false)
  return (
    <Fieldset legend="What to put on them">
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          Once on each page, anywhere in it. The key is no secret.
        </Text>
        <Code block className={classes.tag} tabIndex={0} aria-label="Script tag">
          {tag}
        </Code>
        <Group justify="space-between">
          <CopyButton value={tag}>
            {({ copied, copy }) => (
              <Button
                variant="default"
                leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
                onClick={copy}
              >
                {copied ? 'Copied' : 'Copy'}
              </Button>
            )}
          </CopyButton>
          {asked ? (
            <Group gap="xs">
              <Text size="sm">Pages with the old tag lose their chat.</Text>
              <Button variant="default" size="compact-sm" onClick={() => setAsked(false)}>
                Keep it
              </Button>
              <Button color="red.9" size="compact-sm" onClick={() => void renew().then(() => setAsked(false))}>
                New key
              </Button>
            </Group>
          ) : (
            <ActButton reason={reason} variant="subtle" color="gray" size="compact-sm" onClick={() => setAsked(true)}>
              New key…
            </ActButton>
          )}
        </Group>
      </Stack>
    </Fieldset>
  )
}
