import { Button, Group, Text } from '@mantine/core'
import { Link } from 'wouter'
import { ActIcon } from '../../shared/ActButton'
import { IconMicrophone, IconMute, IconPhone, IconPhoneOff } from '../../shared/icons'
import { useLoaded } from '../../shared/load'
import { acts, type Room } from '../api'
import classes from '../Bars.module.css'
import { usePhone } from './PhoneContext'
import { RoomMembers } from './RoomMembers'

/** The room this browser is in, on whatever page the operator is. */
export function PhoneBar() {
  const { line } = usePhone()
  if (line.is === 'idle') return null
  return <Bar key={line.room} name={line.room} />
}

function Bar({ name }: { name: string }) {
  const { line, leave, mute, enter } = usePhone()
  const room = useLoaded<Room>(`room ${name}`, () => acts.room(name))
  if (line.is === 'idle') return null
  return (
    <section className={classes.phone} data-failed={line.is === 'failed' || undefined} aria-label="Your call">
      <Group gap="sm" justify="space-between">
        <Group gap={8} wrap="nowrap">
          <IconPhone size={17} aria-hidden />
          <Text size="sm" fw={600} role="status">
            {line.is === 'connecting' && 'Connecting your browser…'}
            {line.is === 'talking' && (line.muted ? 'You are in the call, muted' : 'You are in the call')}
            {line.is === 'failed' && `You are not in the call. ${line.why}`}
          </Text>
          <Button component={Link} href={`/leads/${line.leadId}`} size="compact-sm" variant="subtle">
            Conversation
          </Button>
        </Group>
        <Group gap={6}>
          {line.is === 'talking' && (
            <ActIcon
              variant="default"
              size="lg"
              label={line.muted ? 'Speak' : 'Mute yourself'}
              aria-pressed={line.muted}
              onClick={() => mute(!line.muted)}
            >
              {line.muted ? <IconMute size={18} /> : <IconMicrophone size={18} />}
            </ActIcon>
          )}
          {line.is === 'failed' && room.data && (
            <Button size="xs" onClick={() => void enter(room.data!)}>
              Try again
            </Button>
          )}
          <Button size="xs" color="red" leftSection={<IconPhoneOff size={15} aria-hidden />} onClick={leave}>
            Leave
          </Button>
        </Group>
      </Group>
      <RoomMembers name={name} room={room} onEnded={leave} />
    </section>
  )
}
