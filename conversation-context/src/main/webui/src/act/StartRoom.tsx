import { Button, Group, Modal, Stack, Switch, Text } from '@mantine/core'
import { useState } from 'react'
import { useAction } from '../shared/action'
import { IconRoom } from '../shared/icons'
import { ProblemNotice } from '../shared/ProblemNotice'
import { acts } from './api'
import { usePhone } from './phone/PhoneContext'

interface StartRoomProps {
  leadId: string
  name: string
  opened: boolean
  onClose: () => void
}

/** Calls the customer into a room in which this browser, the agent and other phones can be. */
export function StartRoom({ leadId, name, opened, onClose }: StartRoomProps) {
  const [agent, setAgent] = useState(true)
  const phone = usePhone()
  const start = useAction((withAgent: boolean, key) => acts.startRoom(leadId, withAgent, key))
  const begin = async () => {
    const room = await start.run(agent)
    if (!room) return
    void phone.enter(room)
    onClose()
  }
  return (
    <Modal opened={opened} onClose={onClose} title={`Talk with ${name}`}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {name} is called into a room. You join with this browser’s microphone, and more phones can be added there.
        </Text>
        <Switch
          label="The agent joins too"
          checked={agent}
          onChange={(event) => setAgent(event.currentTarget.checked)}
        />
        <ProblemNotice error={start.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button loading={start.busy} onClick={() => void begin()} leftSection={<IconRoom size={16} aria-hidden />} data-autofocus>
            Start the call
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
