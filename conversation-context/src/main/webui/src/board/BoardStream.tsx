import { createContext, useCallback, useContext, useEffect, useMemo, useRef, type ReactNode } from 'react'
import type { Lead } from '../shared/model'
import { useStream, type LineState } from '../shared/stream'

/** What changed: one lead, or null for "anything may have", after the line was down. */
type Listener = (lead: Lead | null) => void

interface Board {
  line: LineState
  listen: (listener: Listener) => () => void
}

const BoardContext = createContext<Board>({ line: 'connecting', listen: () => () => undefined })

/** One line to the server for all pages: a browser grants a site few of them. */
export function BoardStreamProvider({ children }: { children: ReactNode }) {
  const listeners = useRef(new Set<Listener>())
  const tell = useCallback((lead: Lead | null) => listeners.current.forEach((listener) => listener(lead)), [])
  const line = useStream({
    url: streamAddress,
    event: 'lead',
    onData: (lead) => tell(lead as Lead),
    onReconnected: () => tell(null),
  })
  const board = useMemo(
    () => ({
      line,
      listen: (listener: Listener) => {
        listeners.current.add(listener)
        return () => void listeners.current.delete(listener)
      },
    }),
    [line],
  )
  return <BoardContext value={board}>{children}</BoardContext>
}

const streamAddress = () => '/api/stream/leads'

export function useBoardLine(): LineState {
  return useContext(BoardContext).line
}

/** Calls `listener` for every lead that changes, and with null when some may have been missed. */
export function useLeadChanges(listener: Listener) {
  const { listen } = useContext(BoardContext)
  const latest = useRef(listener)
  latest.current = listener
  useEffect(() => listen((lead) => latest.current(lead)), [listen])
}

/** Calls `refresh` soon after something changed, once for a burst, and at least every `atMostMillis` while it lasts. */
export function useRefreshOnChange(refresh: () => void, quietMillis = 250, atMostMillis = 2_000) {
  const timer = useRef<number>(undefined)
  const first = useRef(0)
  const latest = useRef(refresh)
  latest.current = refresh
  useEffect(() => () => window.clearTimeout(timer.current), [])
  useLeadChanges(() => {
    const now = Date.now()
    if (timer.current === undefined) first.current = now
    window.clearTimeout(timer.current)
    const wait = Math.max(0, Math.min(quietMillis, first.current + atMostMillis - now))
    timer.current = window.setTimeout(() => {
      timer.current = undefined
      latest.current()
    }, wait)
  })
}
