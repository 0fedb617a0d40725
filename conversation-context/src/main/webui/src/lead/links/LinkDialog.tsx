import { Button, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { board } from '../../board/api'
import { useZone } from '../../session/operator'
import { useAction } from '../../shared/action'
import { IconSearch } from '../../shared/icons'
import { useLoaded } from '../../shared/load'
import { phone, title } from '../../shared/people'
import { ProblemNotice } from '../../shared/ProblemNotice'
import { moment } from '../../shared/time'
import { leads } from '../api'

interface LinkDialogProps {
  leadId: string
  linked: string[]
  onLinked: () => void
  onClose: () => void
}

/** More is found by searching for more. */
const MOST = 8

/** Says that another lead is the same person. */
export default function LinkDialog({ leadId, linked, onLinked, onClose }: LinkDialogProps) {
  const zone = useZone()
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim(), 250)
  const [chosen, setChosen] = useState<string>()
  const found = useLoaded(`to link ${search}`, () => board.leads(search))
  const link = useAction(async (other: string) => {
    await leads.link(leadId, other)
    return true
  })
  const known = new Set([leadId, ...linked])
  const others = found.data?.leads.filter((lead) => !known.has(lead.leadId)).slice(0, MOST)
  const save = async () => {
    if (!chosen || !(await link.run(chosen))) return
    onLinked()
    onClose()
  }
  return (
    <Modal opened onClose={onClose} title="The same person">
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          Each of the two shows the history of both from then on, and the agent knows it on every channel. Only do this when you are sure.
        </Text>
        <TextInput
          label="Search names, numbers, words"
          data-autofocus
          leftSection={<IconSearch size={16} aria-hidden />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <ProblemNotice error={found.error} />
        {others?.length === 0 ? (
          <Text size="sm">Nobody else is found.</Text>
        ) : (
          <Radio.Group label="Who it is" value={chosen ?? null} onChange={setChosen}>
            <Stack gap={8}>
              {others?.map((lead) => (
                <Radio
                  key={lead.leadId}
                  value={lead.leadId}
                  label={title(lead)}
                  description={[lead.name && lead.phone && phone(lead.phone), moment(lead.lastActivity, zone)].filter(Boolean).join(' · ')}
                />
              ))}
            </Stack>
          </Radio.Group>
        )}
        <ProblemNotice error={link.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button disabled={!chosen} loading={link.busy} onClick={() => void save()}>
            Link
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
