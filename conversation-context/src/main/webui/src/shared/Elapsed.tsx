import { useEffect, useState } from 'react'

/** How long something has been going on, minutes and seconds, counting. */
export function Elapsed({ since }: { since: string }) {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), 1_000)
    return () => window.clearInterval(timer)
  }, [])
  return (
    <time dateTime={since} role="timer" aria-live="off">
      {stopwatch(now - Date.parse(since))}
    </time>
  )
}

/** 3:07, 1:02:45; nothing is negative, whatever the two clocks say. */
export function stopwatch(millis: number): string {
  const seconds = Math.max(0, Math.floor(millis / 1_000))
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(seconds / 3_600)
  const minutes = Math.floor(seconds / 60) % 60
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}
