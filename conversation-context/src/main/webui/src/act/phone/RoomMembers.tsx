import { Button, Group, Popover, Text, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import { useAction } from '../../shared/action'
import { ActIcon } from '../../shared/ActButton'
import { IconMicrophone, IconMute, IconPlus, IconX } from '../../shared/icons'
import type { Loaded } from '../../shared/load'
import { ProblemNotice } from '../../shared/ProblemNotice'
import { acts, type Member, type Room } from '../api'
import classes from '../Bars.module.css'

const REFRESH_MILLIS = 2_000
const ROLES = { phone: 'Phone', browser: 'Browser', ai: 'Agent' }

interface RoomMembersProps {
  name: string
  room: Loaded<Room>
  onEnded: () => void
}

/** Who is in a room, and what can be done with each: mute, put out, bring in another phone. */
export function RoomMembers({ name, room, onEnded }: RoomMembersProps) {
  const change = useAction(async (wish: { label: string; muted?: boolean; remove?: boolean }) => {
    if (wish.remove) await acts.remove(name, wish.label)
    else room.set(await acts.change(name, wish.label, { muted: wish.muted }))
    room.reload()
  })
  const { reload } = room
  useEffect(() => {
    const timer = window.setInterval(reload, REFRESH_MILLIS)
    return () => window.clearInterval(timer)
  }, [reload])
  const ended = room.data?.status === 'ended'
  useEffect(() => {
    if (ended) onEnded()
  }, [ended, onEnded])

  const here = room.data?.participants.filter((member) => member.status === 'invited' || member.status === 'present') ?? []
  return (
    <>
      <ProblemNotice error={change.error} onClose={change.clear} />
      <Group gap={8}>
        <ul className={classes.members} aria-label="In the call">
          {here.map((member) => (
            <li key={member.label} className={classes.member} data-status={member.status}>
              <Text size="sm" span>
                {ROLES[member.role]}
                {member.status === 'invited' && ' · ringing'}
                {member.muted && ' · muted'}
              </Text>
              <MemberTools member={member} onChange={(wish) => void change.run({ label: member.label, ...wish })} />
            </li>
          ))}
        </ul>
        <AddPhone name={name} onAdded={room.set} />
      </Group>
    </>
  )
}

function MemberTools({ member, onChange }: { member: Member; onChange: (wish: { muted?: boolean; remove?: boolean }) => void }) {
  const who = `${ROLES[member.role]} (${member.label})`
  return (
    <>
      {member.status === 'present' && (
        <ActIcon
          variant="subtle"
          size="sm"
          label={member.muted ? `Let ${who} speak` : `Mute ${who}`}
          onClick={() => onChange({ muted: !member.muted })}
        >
          {member.muted ? <IconMute size={14} /> : <IconMicrophone size={14} />}
        </ActIcon>
      )}
      <ActIcon
        variant="subtle"
        color="red"
        size="sm"
        label={member.status === 'present' ? `Put ${who} out` : `Stop ringing ${who}`}
        onClick={() => onChange({ remove: true })}
      >
        <IconX size={14} />
      </ActIcon>
    </>
  )
}

function AddPhone({ name, onAdded }: { name: string; onAdded: (room: Room) => void }) {
  const [opened, { toggle, close }] = useDisclosure(false)
  const [number, setNumber] = useState('')
  const invite = useAction((to: string, key) => acts.invitePhone(name, to, key))
  const add = async () => {
    const room = await invite.run(number.trim())
    if (!room) return
    onAdded(room)
    setNumber('')
    close()
  }
  return (
    <Popover opened={opened} onChange={close} width={300} trapFocus position="bottom-start">
      <Popover.Target>
        <Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={toggle}>
          Add a phone
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            if (number.trim()) void add()
          }}
        >
          <TextInput
            label="Number"
            type="tel"
            placeholder="+1 202 555 0150"
            value={number}
            onChange={(event) => setNumber(event.currentTarget.value)}
            error={invite.error?.message}
            data-autofocus
          />
          <Button type="submit" size="xs" mt="xs" fullWidth loading={invite.busy} disabled={!number.trim()}>
            Call it into the room
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
