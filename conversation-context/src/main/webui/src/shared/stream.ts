import { useEffect, useRef, useState } from 'react'

export type LineState = 'connecting' | 'open' | 'lost'

interface StreamOptions {
  /** Address to connect to, given the id of the last event received; null: stay unconnected. */
  url: ((lastEventId: string | null) => string) | null
  /** Name of the events; undefined for unnamed ones. */
  event?: string
  onData: (data: unknown) => void
  /** Called on every connection but the first: something may have been missed that is not resumed. */
  onReconnected?: () => void
}

const RETRY_MILLIS = 2_000

/**
 * Follows a stream of server-sent events. The browser reconnects and resumes by itself after a cut line; after a refusal (a
 * server that restarts answers 502 or 503 for a moment) it gives up, so that is done here.
 */
export function useStream({ url, event, onData, onReconnected }: StreamOptions): LineState {
  const [state, setState] = useState<LineState>('connecting')
  const handlers = useRef({ onData, onReconnected })
  handlers.current = { onData, onReconnected }
  const key = url?.(null) ?? null

  useEffect(() => {
    if (!url) return
    let lastEventId: string | null = null
    let source: EventSource | null = null
    let timer: number | undefined
    let opened = false

    const connect = () => {
      window.clearTimeout(timer)
      source?.close()
      source = new EventSource(url(lastEventId))
      source.onopen = () => {
        setState('open')
        if (opened) handlers.current.onReconnected?.()
        opened = true
      }
      source.onerror = () => {
        setState('lost')
        if (source?.readyState === EventSource.CLOSED) {
          timer = window.setTimeout(connect, RETRY_MILLIS)
        }
      }
      source.addEventListener(event ?? 'message', (message: MessageEvent<string>) => {
        if (message.lastEventId) lastEventId = message.lastEventId
        handlers.current.onData(JSON.parse(message.data))
      })
    }
    // A cut network is told at once here, by the socket only after minutes; and what was on its way may not pass for a new line.
    const offline = () => {
      setState('lost')
      source?.close()
      window.clearTimeout(timer)
      timer = window.setTimeout(connect, RETRY_MILLIS)
    }
    window.addEventListener('offline', offline)
    window.addEventListener('online', connect)
    setState('connecting')
    connect()
    return () => {
      window.removeEventListener('offline', offline)
      window.removeEventListener('online', connect)
      window.clearTimeout(timer)
      source?.close()
    }
  }, [key, event])

  return state
}
