import type { Call, Device } from '@twilio/voice-sdk'
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { ApiError } from '../../shared/http'
import { acts, type Room } from '../api'
import { PhoneContext, type Line } from './PhoneContext'

const UNREACHED = 'Twilio was not reached from this browser. Look at the connection, then try again.'

/** The Voice SDK's own errors, in a person's words (Twilio, <i>Voice SDK error codes</i>). */
const WHY: Record<number, string> = {
  31401: 'The microphone was refused. Allow it for this page, then try again.',
  31402: 'No microphone was found. Plug one in, then try again.',
  31000: UNREACHED,
  31005: UNREACHED,
  53000: UNREACHED,
  53405: 'The sound found no way through. A firewall may hold it back.',
}

/** A browser that cannot reach Twilio goes on trying for ever; a person is told after this long. */
const PATIENCE_MILLIS = 12_000

/**
 * This browser as a telephone. The Voice SDK is loaded with the first room that is entered, and a call goes on while the operator looks at
 * other pages.
 */
export function PhoneProvider({ children }: { children: ReactNode }) {
  const [line, setLine] = useState<Line>({ is: 'idle' })
  const device = useRef<Device>(undefined)
  const call = useRef<Call>(undefined)
  const attempt = useRef(0)

  const hangUp = useCallback(() => {
    attempt.current++
    call.current?.disconnect()
    device.current?.destroy()
    call.current = undefined
    device.current = undefined
  }, [])
  useEffect(() => hangUp, [hangUp])

  const enter = useCallback(
    async (room: Room) => {
      hangUp()
      const mine = attempt.current
      const where = { room: room.room, leadId: room.leadId }
      const fail = (why: string) => {
        if (mine !== attempt.current) return
        hangUp()
        setLine({ is: 'failed', ...where, why })
      }
      setLine({ is: 'connecting', ...where, muted: false })
      const timer = window.setTimeout(() => fail(UNREACHED), PATIENCE_MILLIS)
      try {
        const [{ Device: VoiceDevice }, { token }] = await Promise.all([import('@twilio/voice-sdk'), acts.voiceToken()])
        if (mine !== attempt.current) return
        device.current = new VoiceDevice(token, { closeProtection: true, logLevel: 'silent' })
        device.current.on('error', (error: { code: number }) => fail(WHY[error.code] ?? `Twilio reported error ${error.code}.`))
        const connected = await device.current.connect({ params: { conference: room.room } })
        if (mine !== attempt.current) return connected.disconnect()
        call.current = connected
        connected.on('accept', () => {
          window.clearTimeout(timer)
          if (mine === attempt.current) setLine({ is: 'talking', ...where, muted: false })
        })
        connected.on('disconnect', () => {
          if (mine !== attempt.current) return
          hangUp()
          setLine({ is: 'idle' })
        })
        connected.on('error', (error: { code: number }) => fail(WHY[error.code] ?? `Twilio reported error ${error.code}.`))
      } catch (failure) {
        window.clearTimeout(timer)
        fail(failure instanceof ApiError ? [failure.message, failure.problem.cure].filter(Boolean).join(' ') : reason(failure))
      }
    },
    [hangUp],
  )

  const leave = useCallback(() => {
    hangUp()
    setLine({ is: 'idle' })
  }, [hangUp])
  const mute = useCallback((muted: boolean) => {
    call.current?.mute(muted)
    setLine((had) => (had.is === 'talking' || had.is === 'connecting' ? { ...had, muted } : had))
  }, [])

  const phone = useMemo(() => ({ line, enter, leave, mute }), [line, enter, leave, mute])
  return <PhoneContext value={phone}>{children}</PhoneContext>
}

function reason(failure: unknown): string {
  const code = (failure as { code?: number }).code
  return (code !== undefined && WHY[code]) || 'The browser’s telephone did not start. Try again, or use another browser.'
}
