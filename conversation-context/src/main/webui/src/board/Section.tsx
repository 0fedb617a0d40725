import { Badge, Skeleton, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './Now.module.css'

interface SectionProps<T> {
  title: string
  icon: ReactNode
  /** undefined while it is not known. */
  items?: T[]
  /** What an empty list means, in a sentence. */
  none: string
  children: (item: T) => ReactNode
}

/** At most so many are shown; the list of conversations has them all. */
const MOST = 50

/** One list of the board, of the same height while it loads as with one item. */
export function Section<T>({ title, icon, items, none, children }: SectionProps<T>) {
  return (
    <section className={classes.section} aria-label={title}>
      <div className={classes.head}>
        {icon}
        <Title order={2} size="h6" flex={1}>
          {title}
        </Title>
        {items !== undefined && items.length > 0 && (
          <Badge variant="light" radius="sm">
            {items.length}
          </Badge>
        )}
      </div>
      {items === undefined ? (
        <div className={classes.item} role="status" aria-label="Loading">
          <Skeleton height={12} width="60%" />
        </div>
      ) : items.length === 0 ? (
        <p className={classes.none}>{none}</p>
      ) : (
        <ul>{items.slice(0, MOST).map(children)}</ul>
      )}
    </section>
  )
}
