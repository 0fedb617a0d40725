import { Button, Group, Modal, Skeleton, Stack, Text } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useNoActing } from '../session/operator'
import { useAction } from '../shared/action'
import { ActButton, ActIcon } from '../shared/ActButton'
import { IconEdit, IconPlus, IconTrash } from '../shared/icons'
import type { Loaded } from '../shared/load'
import { ProblemNotice } from '../shared/ProblemNotice'
import classes from './Settings.module.css'

interface CatalogProps<T extends { id: string; name: string }> {
  /** What one is called, as in "Add a service". */
  one: string
  none: string
  items: Loaded<T[]>
  describe: (item: T) => string
  remove: (item: T) => Promise<unknown>
  /** The form for one, or for a new one; `done` closes it after it was saved. */
  form: (item: T | undefined, done: () => void) => ReactNode
}

/** A list of what the business has, each of which can be changed and removed. */
export function Catalog<T extends { id: string; name: string }>({ one, none, items, describe, remove, form }: CatalogProps<T>) {
  const reason = useNoActing()
  const [edited, setEdited] = useState<T | 'new'>()
  const [leaving, setLeaving] = useState<T>()
  const removal = useAction(async (item: T) => {
    await remove(item)
    return true
  })
  const done = () => {
    setEdited(undefined)
    items.reload()
  }
  const doRemove = async (item: T) => {
    if (!(await removal.run(item))) return
    setLeaving(undefined)
    items.reload()
  }
  return (
    <Stack gap="md">
      <ProblemNotice error={items.error} />
      {!items.data ? (
        !items.error && <Skeleton height={160} />
      ) : items.data.length === 0 ? (
        <Text c="dimmed">{none}</Text>
      ) : (
        <ul className={classes.rows}>
          {items.data.map((item) => (
            <li key={item.id} className={classes.row}>
              <div className={classes.grow}>
                <Text fw={600}>{item.name}</Text>
                <Text size="sm" c="dimmed">
                  {describe(item)}
                </Text>
              </div>
              <ActIcon variant="subtle" color="gray" size="lg" reason={reason} label={`Change ${item.name}`} onClick={() => setEdited(item)}>
                <IconEdit size={18} />
              </ActIcon>
              <ActIcon variant="subtle" color="gray" size="lg" reason={reason} label={`Remove ${item.name}`} onClick={() => setLeaving(item)}>
                <IconTrash size={18} />
              </ActIcon>
            </li>
          ))}
        </ul>
      )}
      <Group>
        <ActButton reason={reason} leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEdited('new')}>
          Add {one}
        </ActButton>
      </Group>
      {edited && (
        <Modal opened onClose={() => setEdited(undefined)} title={edited === 'new' ? `New: ${one}` : edited.name} size="lg">
          {form(edited === 'new' ? undefined : edited, done)}
        </Modal>
      )}
      {leaving && (
        <Modal opened onClose={() => setLeaving(undefined)} title={`Remove ${leaving.name}?`}>
          <Stack>
            <Text size="sm">What is booked stays booked.</Text>
            <ProblemNotice error={removal.error} />
            <Group justify="flex-end">
              <Button variant="default" onClick={() => setLeaving(undefined)} data-autofocus>
                Keep
              </Button>
              <Button color="red.9" loading={removal.busy} onClick={() => void doRemove(leaving)}>
                Remove
              </Button>
            </Group>
          </Stack>
        </Modal>
      )}
    </Stack>
  )
}
