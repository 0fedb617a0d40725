import { useEffect, useState } from 'react'
import { useZone } from '../session/operator'
import { ago, moment } from './time'

/** How long ago something was, in a word or two, kept true. */
export function Ago({ time }: { time: string }) {
  const zone = useZone()
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), 15_000)
    return () => window.clearInterval(timer)
  }, [])
  return (
    <time dateTime={time} title={moment(time, zone)}>
      {ago(now - Date.parse(time))}
    </time>
  )
}
