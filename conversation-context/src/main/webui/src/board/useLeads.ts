import { useCallback, useEffect, useRef, useState } from 'react'
import type { ApiError } from '../shared/http'
import type { Lead } from '../shared/model'
import { board } from './api'
import { useLeadChanges } from './BoardStream'

interface Page {
  leads: Lead[]
  nextCursor?: string
}

export interface Leads extends Partial<Page> {
  error?: ApiError
  loadingMore: boolean
  reload: () => void
  more: () => void
}

/** Newest activity first; equal times by id, as the server pages them. */
function sorted(leads: Lead[]): Lead[] {
  return [...leads].sort((a, b) => compare(b.lastActivity, a.lastActivity) || compare(b.leadId, a.leadId))
}

/** Instants of one notation sort as text, save where one has no fraction. */
function compare(a: string, b: string): number {
  return Date.parse(a) - Date.parse(b) || (a < b ? -1 : a > b ? 1 : 0)
}

/** `changed` put in their places; those unknown are added only where everybody belongs. */
function placed(leads: Lead[], changed: Map<string, Lead>, everybody: boolean): Lead[] {
  const known = new Set(leads.map((lead) => lead.leadId))
  const strangers = everybody ? [...changed.values()].filter((lead) => !known.has(lead.leadId)) : []
  return sorted([...strangers, ...leads.map((lead) => changed.get(lead.leadId) ?? lead)])
}

/** The tenant's leads that match, a page at a time, kept true by the board's stream. */
export function useLeads(search: string): Leads {
  const [page, setPage] = useState<Page>()
  const [error, setError] = useState<ApiError>()
  const [loadingMore, setLoadingMore] = useState(false)
  const wanted = useRef('')
  const changed = useRef(new Map<string, Lead>())
  const frame = useRef(0)

  const reload = useCallback(() => {
    wanted.current = search
    board.leads(search).then(
      (first) => {
        // An answer to an earlier question may come after the answer to a later one.
        if (wanted.current !== search) return
        setPage(first)
        setError(undefined)
      },
      (failure: ApiError) => wanted.current === search && setError(failure),
    )
  }, [search])
  useEffect(reload, [reload])
  useEffect(() => () => cancelAnimationFrame(frame.current), [])

  useLeadChanges((lead) => {
    if (!lead) return reload()
    // A burst of news is drawn once.
    changed.current.set(lead.leadId, lead)
    if (frame.current) return
    frame.current = requestAnimationFrame(() => {
      frame.current = 0
      const news = changed.current
      changed.current = new Map()
      // While searching, the list holds what matches; a stranger may or may not.
      setPage((had) => had && { ...had, leads: placed(had.leads, news, search === '') })
    })
  })

  const cursor = page?.nextCursor
  const more = useCallback(() => {
    if (!cursor || loadingMore) return
    setLoadingMore(true)
    board
      .leads(search, cursor)
      .then(
        (next) => {
          if (wanted.current !== search) return
          setPage((had) => {
            const known = new Set(had?.leads.map((lead) => lead.leadId))
            const fresh = next.leads.filter((lead) => !known.has(lead.leadId))
            return { leads: sorted([...(had?.leads ?? []), ...fresh]), nextCursor: next.nextCursor }
          })
        },
        (failure: ApiError) => wanted.current === search && setError(failure),
      )
      .finally(() => setLoadingMore(false))
  }, [cursor, loadingMore, search])

  return { ...page, error, loadingMore, reload, more }
}
