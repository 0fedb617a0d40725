import { useCallback, useEffect, useRef, useState } from 'react'
import type { ApiError } from '../shared/http'
import type { Entry, Frame, LeadDetails } from '../shared/model'
import { useStream, type LineState } from '../shared/stream'
import { leads } from './api'
import { apply, merge } from './timeline'

export interface LeadView {
  details?: LeadDetails
  entries?: Entry[]
  older: boolean
  loadingOlder: boolean
  error?: ApiError
  line: LineState
  reload: () => void
  loadOlder: () => Promise<void>
}

const DETAILS_DELAY_MILLIS = 150

/** One lead: who it is, the newest page of its timeline, and from there on everything that happens. */
export function useLead(leadId: string): LeadView {
  const [details, setDetails] = useState<LeadDetails>()
  const [entries, setEntries] = useState<Entry[]>()
  const [cursor, setCursor] = useState<string>()
  const [start, setStart] = useState<number>()
  const [loadingOlder, setLoadingOlder] = useState(false)
  const [error, setError] = useState<LeadView['error']>()
  const timer = useRef<number>(undefined)

  const loadDetails = useCallback(() => {
    leads.one(leadId).then(setDetails, () => undefined)
  }, [leadId])

  const reload = useCallback(() => {
    setError(undefined)
    Promise.all([leads.one(leadId), leads.timeline(leadId)]).then(
      ([lead, slice]) => {
        setDetails(lead)
        setEntries(slice.entries)
        setCursor(slice.nextCursor)
        // The stream begins where this answer ends: no gap, and what comes twice has the same id.
        setStart(slice.lastEventId)
      },
      setError,
    )
  }, [leadId])
  useEffect(reload, [reload])
  // Who becomes or stops being the same person brings a history along, or takes it away.
  const linked = details?.linked.join(' ')
  const linkedBefore = useRef<string>(undefined)
  useEffect(() => {
    if (linkedBefore.current !== undefined && linked !== undefined && linkedBefore.current !== linked) reload()
    linkedBefore.current = linked
  }, [linked, reload])
  useEffect(() => () => window.clearTimeout(timer.current), [])

  const line = useStream({
    url:
      start === undefined
        ? null
        : (last) => `/api/stream/conversation/${leadId}?lastEventId=${last ?? start}`,
    onData: (data) => {
      setEntries((had) => apply(had ?? [], data as Frame))
      // Name, score and appointments follow from events; a burst of them asks once.
      window.clearTimeout(timer.current)
      timer.current = window.setTimeout(loadDetails, DETAILS_DELAY_MILLIS)
    },
  })

  const loadOlder = useCallback(async () => {
    if (!cursor) return
    setLoadingOlder(true)
    try {
      const slice = await leads.timeline(leadId, cursor)
      setEntries((had) => merge(had ?? [], slice.entries))
      setCursor(slice.nextCursor)
    } finally {
      setLoadingOlder(false)
    }
  }, [cursor, leadId])

  return { details, entries, older: cursor !== undefined, loadingOlder, error, line, reload, loadOlder }
}
