import { ActionIcon, Button, Fieldset, Group, MultiSelect, Stack, Switch, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useAction } from '../shared/action'
import { IconPlus, IconTrash } from '../shared/icons'
import { useLoaded } from '../shared/load'
import { settings, type Business, type Service, type StaffMember, type WorkingDay } from './api'
import { Catalog } from './Catalog'
import { Save } from './Save'
import { WeekHours } from './WeekHours'

/** Who works here, what each can do, and when. */
export function StaffSection({ business }: { business: Business }) {
  const { id } = business
  const staff = useLoaded(`staff ${id}`, () => settings.staff(id))
  const services = useLoaded(`services ${id}`, () => settings.services(id))
  return (
    <Catalog
      one="a person"
      none="Nobody works here yet: nothing can be booked."
      items={staff}
      describe={({ serviceIds, workingHours, timeOff }) =>
        [
          serviceIds ? `${serviceIds.length} services` : 'all services',
          workingHours ? 'hours of their own' : 'the business’ hours',
          timeOff && timeOff.length > 0 && `${timeOff.length} times off`,
        ]
          .filter(Boolean)
          .join(' · ')
      }
      remove={(member) => settings.removeStaff(id, member.id)}
      form={(member, done) => <StaffForm business={business} services={services.data ?? []} member={member} onSaved={done} />}
    />
  )
}

interface StaffFormProps {
  business: Business
  services: Service[]
  member?: StaffMember
  onSaved: () => void
}

function StaffForm({ business, services, member, onSaved }: StaffFormProps) {
  const form = useForm<Partial<StaffMember>>({ initialValues: member ?? { name: '' } })
  const save = useAction((draft: Partial<StaffMember>) => settings.saveStaff(business.id, draft))
  const submit = form.onSubmit(async (draft) => {
    if (await save.run(draft)) onSaved()
  })
  const { serviceIds, workingHours, timeOff = [] } = form.values
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput label="Name" required data-autofocus {...form.getInputProps('name')} />
        <MultiSelect
          label="Services"
          placeholder={serviceIds ? undefined : 'All of them'}
          data={services.map(({ id, name }) => ({ value: id, label: name }))}
          value={serviceIds ?? []}
          onChange={(ids) => form.setFieldValue('serviceIds', ids.length === 0 ? undefined : ids)}
          clearable
          clearButtonProps={{ 'aria-label': 'All services' }}
        />
        <Fieldset legend="Working hours">
          <Switch
            label="The business’ hours"
            checked={!workingHours}
            onChange={(event) =>
              form.setFieldValue(
                'workingHours',
                event.currentTarget.checked ? undefined : (business.settings.businessHours as Record<string, WorkingDay>),
              )
            }
            mb={workingHours ? 'sm' : 0}
          />
          {workingHours && <WeekHours week={workingHours} onChange={(week) => form.setFieldValue('workingHours', week)} />}
        </Fieldset>
        <Fieldset legend="Time off">
          <Stack gap="xs">
            {timeOff.map((_, index) => (
              <Group key={index} align="end" gap="xs">
                <TextInput type="datetime-local" label="From" {...form.getInputProps(`timeOff.${index}.from`)} />
                <TextInput type="datetime-local" label="To" {...form.getInputProps(`timeOff.${index}.to`)} />
                <TextInput label="Why" flex={1} {...form.getInputProps(`timeOff.${index}.reason`)} />
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size={36}
                  aria-label="Remove this time off"
                  onClick={() => form.removeListItem('timeOff', index)}
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
              onClick={() => form.setFieldValue('timeOff', [...timeOff, { from: '', to: '', reason: '' }])}
            >
              Add time off
            </Button>
          </Stack>
        </Fieldset>
        <Save dirty={form.isDirty()} busy={save.busy} error={save.error} />
      </Stack>
    </form>
  )
}
