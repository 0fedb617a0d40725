import { ActionIcon, Button, Fieldset, Group, NumberInput, Stack, Textarea, TextInput } from '@mantine/core'
import { useForm, type UseFormReturnType } from '@mantine/form'
import { useAction } from '../shared/action'
import { IconPlus, IconTrash } from '../shared/icons'
import { useLoaded } from '../shared/load'
import { settings, type Service } from './api'
import { Catalog } from './Catalog'
import { Save } from './Save'

/** What the business offers, how long it takes and what it costs. */
export function ServicesSection({ tenantId }: { tenantId: string }) {
  const services = useLoaded(`services ${tenantId}`, () => settings.services(tenantId))
  return (
    <Catalog
      one="a service"
      none="No services yet: nothing can be booked."
      items={services}
      describe={({ duration, price, category, addOns }) =>
        [`${duration} min`, price, category, addOns && addOns.length > 0 && `${addOns.length} add-ons`].filter(Boolean).join(' · ')
      }
      remove={(service) => settings.removeService(tenantId, service.id)}
      form={(service, done) => <ServiceForm tenantId={tenantId} service={service} onSaved={done} />}
    />
  )
}

function ServiceForm({ tenantId, service, onSaved }: { tenantId: string; service?: Service; onSaved: () => void }) {
  // What this form does not show (notice, horizon) goes back as it came.
  const form = useForm<Partial<Service>>({
    initialValues: service ?? { name: '', description: '', duration: 60, price: 0, category: '', bufferBefore: 0, bufferAfter: 0 },
  })
  const save = useAction((draft: Partial<Service>) => settings.saveService(tenantId, draft))
  const submit = form.onSubmit(async (draft) => {
    if (await save.run(draft)) onSaved()
  })
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput label="Name" required data-autofocus {...form.getInputProps('name')} />
        <Textarea label="Description" description="The agent tells this." autosize {...form.getInputProps('description')} />
        <Group grow align="start">
          <NumberInput label="Minutes" required min={1} max={1440} {...form.getInputProps('duration')} />
          <NumberInput label="Price" required min={0} decimalScale={2} {...form.getInputProps('price')} />
          <TextInput label="Category" {...form.getInputProps('category')} />
        </Group>
        <Group grow align="start">
          <NumberInput label="Minutes before" description="Kept free." min={0} max={480} {...form.getInputProps('bufferBefore')} />
          <NumberInput label="Minutes after" description="Kept free." min={0} max={480} {...form.getInputProps('bufferAfter')} />
        </Group>
        <AddOns form={form} />
        <Save dirty={form.isDirty()} busy={save.busy} error={save.error} />
      </Stack>
    </form>
  )
}

/** What can be had with a service, each with its own price and time; 0 minutes take no longer. */
function AddOns({ form }: { form: UseFormReturnType<Partial<Service>> }) {
  const addOns = form.values.addOns ?? []
  return (
    <Fieldset legend="Add-ons">
      <Stack gap="xs">
        {addOns.map((_, index) => (
          <Group key={index} align="end" gap="xs">
            <TextInput label="Add-on" required flex="2 1 140px" {...form.getInputProps(`addOns.${index}.name`)} />
            <NumberInput label="More minutes" flex="1 1 90px" min={0} max={1440} {...form.getInputProps(`addOns.${index}.duration`)} />
            <NumberInput label="More price" flex="1 1 90px" min={0} decimalScale={2} {...form.getInputProps(`addOns.${index}.price`)} />
            <ActionIcon
              variant="subtle"
              color="gray"
              size={36}
              aria-label={`Remove ${addOns[index]?.name || 'this add-on'}`}
              onClick={() => form.removeListItem('addOns', index)}
            >
              <IconTrash size={17} />
            </ActionIcon>
          </Group>
        ))}
        <Button
          variant="subtle"
          size="compact-sm"
          style={{ alignSelf: 'flex-start' }}
          leftSection={<IconPlus size={15} aria-hidden />}
          onClick={() => form.setFieldValue('addOns', [...addOns, { name: '', price: 0, duration: 0 }])}
        >
          Add an add-on
        </Button>
      </Stack>
    </Fieldset>
  )
}
