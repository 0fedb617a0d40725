import { Button, Group, Modal, Select, Stack, Text, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { useOperator } from '../session/operator'
import { settings } from '../settings/api'
import { useAction } from '../shared/action'
import { useLoaded } from '../shared/load'
import { phone } from '../shared/people'
import { ProblemNotice } from '../shared/ProblemNotice'
import { acts } from './api'

interface TransferProps {
  callSid: string
  opened: boolean
  onClose: () => void
}

/** Hands a live call to a person, who is rung first and may decline. */
export function Transfer({ callSid, opened, onClose }: TransferProps) {
  const { tenant } = useOperator()
  const [to, setTo] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const business = useLoaded(opened ? `tenant ${tenant.id}` : null, () => settings.tenant(tenant.id))
  const humans = business.data?.settings.calls?.humans ?? []
  const transfer = useAction((wish: { to: string | null; reason: string | null }) =>
    acts.transfer(callSid, wish.to, wish.reason),
  )

  const begin = async () => {
    const answer = await transfer.run({ to, reason: reason.trim() || null })
    if (!answer) return
    notifications.show({ title: `${answer.human} is being rung`, message: 'Until then the caller talks to the agent.' })
    onClose()
  }

  return (
    <Modal opened={opened} onClose={onClose} title="Hand the call to a person">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void begin()
        }}
      >
        <Stack gap="sm">
          <Select
            label="Who"
            placeholder="In the order of the settings"
            description={humans.length === 0 && business.data ? 'No people are set up: the fallback number is rung.' : undefined}
            data={humans.map(({ name, number }) => ({ value: name, label: `${name} · ${phone(number)}` }))}
            value={to}
            onChange={setTo}
            clearable
            clearButtonProps={{ 'aria-label': 'Anybody' }}
            data-autofocus
          />
          <Textarea
            label="What it is about"
            description="The person hears this before deciding to take the call."
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            maxLength={300}
            autosize
            minRows={2}
          />
          <ProblemNotice error={transfer.error ?? business.error} />
          <Text size="xs" c="dimmed">
            The caller goes on talking to the agent until the person has pressed 1.
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={transfer.busy}>
              Ring
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
