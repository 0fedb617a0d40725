import { MultiSelect, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useAction } from '../shared/action'
import { useLoaded } from '../shared/load'
import { settings, type Chair, type Service } from './api'
import { Catalog } from './Catalog'
import { Save } from './Save'

/** Chairs and rooms: with any, a visit needs a person and one of them. */
export function ChairsSection({ tenantId }: { tenantId: string }) {
  const chairs = useLoaded(`chairs ${tenantId}`, () => settings.chairs(tenantId))
  const services = useLoaded(`services ${tenantId}`, () => settings.services(tenantId))
  return (
    <Catalog
      one="a chair"
      none="No chairs or rooms: only people’s time limits what can be booked."
      items={chairs}
      describe={({ serviceIds }) => (serviceIds ? `${serviceIds.length} services` : 'all services')}
      remove={(chair) => settings.removeChair(tenantId, chair.id)}
      form={(chair, done) => <ChairForm tenantId={tenantId} services={services.data ?? []} chair={chair} onSaved={done} />}
    />
  )
}

interface ChairFormProps {
  tenantId: string
  services: Service[]
  chair?: Chair
  onSaved: () => void
}

function ChairForm({ tenantId, services, chair, onSaved }: ChairFormProps) {
  const form = useForm<Partial<Chair>>({ initialValues: chair ?? { name: '' } })
  const save = useAction((draft: Partial<Chair>) => settings.saveChair(tenantId, draft))
  const submit = form.onSubmit(async (draft) => {
    if (await save.run(draft)) onSaved()
  })
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput label="Name" required data-autofocus {...form.getInputProps('name')} />
        <MultiSelect
          label="Services"
          placeholder={form.values.serviceIds ? undefined : 'All of them'}
          data={services.map(({ id, name }) => ({ value: id, label: name }))}
          value={form.values.serviceIds ?? []}
          onChange={(ids) => form.setFieldValue('serviceIds', ids.length === 0 ? undefined : ids)}
          clearable
          clearButtonProps={{ 'aria-label': 'All services' }}
        />
        <Save dirty={form.isDirty()} busy={save.busy} error={save.error} />
      </Stack>
    </form>
  )
}
