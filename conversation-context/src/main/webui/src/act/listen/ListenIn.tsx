import { Group, Progress, Text } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { ActButton, ActIcon } from '../../shared/ActButton'
import { IconListen, IconNoSound, IconSound, IconStop } from '../../shared/icons'
import { Listening, type Lane, type ListeningState } from './Listening'

/** Speech is rarely louder than a third of full scale; the meter shows that as full. */
const FULL = 0.3
const METER_MILLIS = 100

/** Hears a live call without being heard. */
export function ListenIn({ callSid, reason }: { callSid?: string; reason?: string }) {
  const listening = useRef<Listening>(undefined)
  const [state, setState] = useState<ListeningState>()
  const [muted, setMuted] = useState(false)
  const levels = useRef<[number, number]>([0, 0])
  useEffect(() => () => listening.current?.stop(), [callSid])

  const begin = () => {
    if (!callSid) return
    setMuted(false)
    listening.current = new Listening(callSid, {
      onState: setState,
      onLevel: (lane, level) => (levels.current[lane] = Math.max(levels.current[lane], level)),
    })
    void listening.current.begin()
  }
  const stop = () => {
    listening.current?.stop()
    setState(undefined)
  }

  if (state === 'connecting' || state === 'listening') {
    return (
      <Group gap={8} wrap="nowrap" role="group" aria-label="Listening in">
        <ActIcon variant="light" color="red" size="md" label="Stop listening" onClick={stop}>
          <IconStop size={15} />
        </ActIcon>
        <ActIcon
          variant="light"
          size="md"
          label={muted ? 'Sound on' : 'Sound off'}
          aria-pressed={muted}
          onClick={() => {
            listening.current?.mute(!muted)
            setMuted(!muted)
          }}
        >
          {muted ? <IconNoSound size={15} /> : <IconSound size={15} />}
        </ActIcon>
        <Text size="sm" role="status">
          {state === 'connecting' ? 'Connecting…' : 'Listening'}
        </Text>
        <Meters levels={levels.current} />
      </Group>
    )
  }
  return (
    <>
      <ActButton
        size="compact-sm"
        variant="default"
        reason={reason ?? (callSid ? undefined : 'The call is not known yet; in a moment it is.')}
        onClick={begin}
        leftSection={<IconListen size={15} aria-hidden />}
      >
        Listen in
      </ActButton>
      <Text size="sm" fw={400} role="status" c={state === 'refused' ? 'var(--bad)' : undefined}>
        {state === 'refused' && 'The call cannot be listened to: it may be over, or carried by ElevenLabs itself.'}
        {state === 'ended' && 'There is nothing more to hear.'}
      </Text>
    </>
  )
}

/** How loud each side is; it falls between two words. */
function Meters({ levels }: { levels: [number, number] }) {
  const [shown, setShown] = useState<[number, number]>([0, 0])
  useEffect(() => {
    const timer = window.setInterval(() => {
      setShown([levels[0], levels[1]])
      levels[0] *= 0.5
      levels[1] *= 0.5
    }, METER_MILLIS)
    return () => window.clearInterval(timer)
  }, [levels])
  return (
    <div style={{ width: 110 }} aria-hidden>
      {(['caller', 'agent'] as const).map((who, lane) => (
        <Group key={who} gap={6} wrap="nowrap">
          <Text size="10px" w={32} fw={400} c="var(--ink)">
            {who}
          </Text>
          <Progress value={Math.min(100, (shown[lane as Lane] / FULL) * 100)} size={5} flex={1} transitionDuration={METER_MILLIS} />
        </Group>
      ))}
    </div>
  )
}
