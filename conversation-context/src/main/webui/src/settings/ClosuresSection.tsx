import { Group, Stack, Switch, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useAction } from '../shared/action'
import { useLoaded } from '../shared/load'
import { settings, type Closure } from './api'
import { Catalog } from './Catalog'
import { Save } from './Save'

/** Days the business is closed. */
export function ClosuresSection({ tenantId }: { tenantId: string }) {
  const closures = useLoaded(`closures ${tenantId}`, () => settings.closures(tenantId))
  return (
    <Catalog
      one="a holiday"
      none="No days are closed besides the week’s own."
      items={closures}
      describe={({ from, to, yearly }) => `${plain(from)} to ${plain(to)}${yearly ? ', every year' : ''}`}
      remove={(closure) => settings.removeClosure(tenantId, closure.id)}
      form={(closure, done) => <ClosureForm tenantId={tenantId} closure={closure} onSaved={done} />}
    />
  )
}

/** `2026-12-24T00:00:00` for people; midnight is not told. */
function plain(local: string): string {
  const [day, time] = local.split('T')
  return !time || time.startsWith('00:00') ? day! : `${day}, ${time.slice(0, 5)}`
}

function ClosureForm({ tenantId, closure, onSaved }: { tenantId: string; closure?: Closure; onSaved: () => void }) {
  const form = useForm<Partial<Closure>>({ initialValues: closure ?? { name: '', from: '', to: '', yearly: false } })
  const save = useAction((draft: Partial<Closure>) => settings.saveClosure(tenantId, draft))
  const submit = form.onSubmit(async (draft) => {
    if (await save.run({ ...draft, to: draft.to || undefined })) onSaved()
  })
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput label="Name" required data-autofocus {...form.getInputProps('name')} />
        <Group grow align="start">
          <TextInput type={closure ? 'datetime-local' : 'date'} label="From" required {...form.getInputProps('from')} />
          <TextInput
            type={closure ? 'datetime-local' : 'date'}
            label={closure ? 'To' : 'Last day'}
            description={closure ? undefined : 'Left empty, it is one day.'}
            {...form.getInputProps('to')}
          />
        </Group>
        <Switch label="Every year" {...form.getInputProps('yearly', { type: 'checkbox' })} />
        <Save dirty={form.isDirty()} busy={save.busy} error={save.error} />
      </Stack>
    </form>
  )
}
