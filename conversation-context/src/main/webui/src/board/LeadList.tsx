import { CloseButton, Skeleton, TextInput } from '@mantine/core'
import { useDebouncedValue, useHotkeys } from '@mantine/hooks'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import type { Lead } from '../shared/model'
import { IconChat, IconSearch } from '../shared/icons'
import { Empty, Failed } from '../shared/states'
import { useSingleKeys } from '../shell/shortcuts'
import { LeadRow } from './LeadRow'
import classes from './LeadList.module.css'
import { useLeads, type Leads } from './useLeads'

/** Every row is this high, so that ten thousand can be scrolled without measuring one. */
const ROW_PIXELS = 65
/** This many rows before the end of what is loaded the next page is asked for. */
const AHEAD = 20

/** The tenant's conversations, live, searchable; only the rows in sight are in the page. */
export function LeadList({ zone, selected }: { zone: string; selected?: string }) {
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim(), 250)
  const searchField = useRef<HTMLInputElement>(null)
  const [singleKeys] = useSingleKeys()
  const leads = useLeads(search)
  useHotkeys([['/', () => singleKeys && searchField.current?.focus()]])

  return (
    <nav className={classes.list} aria-label="Conversations">
      <div className={classes.head}>
        <TextInput
          ref={searchField}
          aria-label="Search names, numbers and what was said"
          placeholder="Search names, numbers, words"
          leftSection={<IconSearch size={16} aria-hidden />}
          rightSection={typed ? <CloseButton aria-label="Clear search" onClick={() => setTyped('')} /> : undefined}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </div>
      <Found leads={leads} searching={search !== ''} zone={zone} selected={selected} />
    </nav>
  )
}

interface FoundProps {
  leads: Leads
  searching: boolean
  zone: string
  selected?: string
}

function Found({ leads, searching, zone, selected }: FoundProps) {
  if (leads.error) return <Failed title="The list did not load" detail={leads.error.message} onRetry={leads.reload} />
  if (!leads.leads) return <Skeletons />
  if (leads.leads.length === 0) {
    return (
      <Empty icon={<IconChat size={26} aria-hidden />} title={searching ? 'Nothing found' : 'No conversations yet'}>
        {searching
          ? 'Names, numbers and the beginnings of words that were said are searched.'
          : 'As soon as a customer calls or texts, the conversation is here.'}
      </Empty>
    )
  }
  return <Rows rows={leads.leads} more={leads.nextCursor ? leads.more : undefined} zone={zone} selected={selected} />
}

interface RowsProps {
  rows: Lead[]
  more?: () => void
  zone: string
  selected?: string
}

function Rows({ rows, more, zone, selected }: RowsProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length + (more ? 1 : 0),
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PIXELS,
    overscan: 8,
    getItemKey: (index) => rows[index]?.leadId ?? 'more',
  })
  const shown = virtual.getVirtualItems()
  const last = shown.at(-1)?.index ?? 0
  useEffect(() => {
    if (more && last >= rows.length - AHEAD) more()
  }, [last, rows.length, more])

  // A row that is not in the page cannot have the focus: it is scrolled to first.
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key]
    const focused = (document.activeElement as HTMLElement | null)?.dataset.index
    if (!step || focused === undefined) return
    event.preventDefault()
    const next = Math.max(0, Math.min(rows.length - 1, Number(focused) + step))
    virtual.scrollToIndex(next)
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`a[data-index="${next}"]`)?.focus())
  }

  return (
    <div className={classes.scroller} ref={scroller} onKeyDown={move} data-loaded={rows.length}>
      <ul className={classes.rows} style={{ height: virtual.getTotalSize() }}>
        {shown.map((item) => {
          const lead = rows[item.index]
          return (
            <li key={item.key} style={{ transform: `translateY(${item.start}px)`, height: ROW_PIXELS }}>
              {lead ? (
                <LeadRow lead={lead} zone={zone} selected={lead.leadId === selected} index={item.index} />
              ) : (
                <SkeletonRow width={60} />
              )}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

function Skeletons() {
  return (
    <div aria-busy="true" aria-label="Loading conversations" role="status">
      {[70, 55, 80, 60, 65, 72, 58].map((width) => (
        <SkeletonRow key={width} width={width} />
      ))}
    </div>
  )
}

function SkeletonRow({ width }: { width: number }) {
  return (
    <div className={classes.row}>
      <Skeleton circle height={40} />
      <div className={classes.body}>
        <Skeleton height={12} width={`${width - 20}%`} mb={8} />
        <Skeleton height={10} width={`${width}%`} />
      </div>
    </div>
  )
}
