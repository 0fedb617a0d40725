import { Alert, Button, CloseButton, Loader, Skeleton, TextInput } from '@mantine/core'
import { useDebouncedValue, useHotkeys } from '@mantine/hooks'
import { useCallback, useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { api, type ApiError, type Lead } from '../shared/api'
import { IconChat, IconSearch } from '../shared/icons'
import { Empty, Failed } from '../shared/states'
import { useStream } from '../shared/stream'
import { LeadRow } from './LeadRow'

type Loaded = { leads: Lead[]; nextCursor?: string }

/** Newest activity first; equal times by id, as the server pages them. */
function sorted(leads: Lead[]): Lead[] {
  return [...leads].sort(
    (a, b) => Date.parse(b.lastActivity) - Date.parse(a.lastActivity) || (a.leadId < b.leadId ? 1 : -1),
  )
}

/** The tenant's leads, live. */
export function Board({ zone, selected }: { zone: string; selected?: string }) {
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim(), 250)
  const [loaded, setLoaded] = useState<Loaded>()
  const [error, setError] = useState<string>()
  const [loadingMore, setLoadingMore] = useState(false)
  const searchRef = useRef<HTMLInputElement>(null)
  const wanted = useRef('')

  const load = useCallback(() => {
    wanted.current = search
    api.leads(search).then(
      (page) => {
        // An answer to an earlier question may come after the answer to a later one.
        if (wanted.current !== search) return
        setLoaded(page)
        setError(undefined)
      },
      (failure: ApiError) => wanted.current === search && setError(failure.message),
    )
  }, [search])
  useEffect(load, [load])

  const line = useStream({
    url: () => '/api/stream/leads',
    event: 'lead',
    onData: (data) => {
      const lead = data as Lead
      setLoaded((had) => {
        if (!had) return had
        const known = had.leads.some((other) => other.leadId === lead.leadId)
        // While searching, the list holds what matches; a stranger may or may not.
        if (!known && search) return had
        const others = had.leads.filter((other) => other.leadId !== lead.leadId)
        return { ...had, leads: sorted([lead, ...others]) }
      })
    },
    onReconnected: load,
  })

  useHotkeys([['/', () => searchRef.current?.focus()]])

  const more = async () => {
    if (!loaded?.nextCursor) return
    setLoadingMore(true)
    try {
      const page = await api.leads(search, loaded.nextCursor)
      setLoaded((had) => {
        const known = new Set(had?.leads.map((lead) => lead.leadId))
        const fresh = page.leads.filter((lead) => !known.has(lead.leadId))
        return { leads: sorted([...(had?.leads ?? []), ...fresh]), nextCursor: page.nextCursor }
      })
    } catch (failure) {
      setError((failure as ApiError).message)
    } finally {
      setLoadingMore(false)
    }
  }

  const move = (event: KeyboardEvent<HTMLElement>) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step === 0) return
    const rows = [...event.currentTarget.querySelectorAll<HTMLAnchorElement>('a.lead-row')]
    const at = rows.indexOf(document.activeElement as HTMLAnchorElement)
    const next = rows[at + step]
    if (next) {
      event.preventDefault()
      next.focus()
    }
  }

  return (
    <nav className="board" aria-label="Conversations" onKeyDown={move}>
      <div className="board-head">
        <TextInput
          ref={searchRef}
          aria-label="Search names, numbers and what was said"
          placeholder="Search names, numbers, words"
          leftSection={<IconSearch size={16} aria-hidden />}
          rightSection={typed ? <CloseButton aria-label="Clear search" onClick={() => setTyped('')} /> : undefined}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {line === 'lost' && (
          <Alert color="yellow" variant="light" p="xs" role="status">
            Reconnecting…
          </Alert>
        )}
      </div>
      <div className="board-list">
        {error ? (
          <Failed title="The list did not load" detail={error} onRetry={load} />
        ) : !loaded ? (
          <RowSkeletons />
        ) : loaded.leads.length === 0 ? (
          <Empty
            icon={<IconChat size={26} aria-hidden />}
            title={search ? 'Nothing found' : 'No conversations yet'}
          >
            {search
              ? 'Names, numbers and the beginnings of words that were said are searched.'
              : 'As soon as a customer calls or texts, the conversation is here.'}
          </Empty>
        ) : (
          <>
            <ul>
              {loaded.leads.map((lead) => (
                <li key={lead.leadId}>
                  <LeadRow lead={lead} zone={zone} selected={lead.leadId === selected} />
                </li>
              ))}
            </ul>
            {loaded.nextCursor && (
              <Button variant="subtle" fullWidth onClick={() => void more()} disabled={loadingMore}>
                {loadingMore ? <Loader size="xs" aria-label="Loading" /> : 'More'}
              </Button>
            )}
          </>
        )}
      </div>
    </nav>
  )
}

function RowSkeletons() {
  return (
    <div aria-busy="true" aria-label="Loading conversations" role="status">
      {[70, 55, 80, 60, 65].map((width) => (
        <div key={width} className="lead-row">
          <Skeleton circle height={40} />
          <div style={{ flex: 1 }}>
            <Skeleton height={12} width={`${width - 20}%`} mb={8} />
            <Skeleton height={10} width={`${width}%`} />
          </div>
        </div>
      ))}
    </div>
  )
}
