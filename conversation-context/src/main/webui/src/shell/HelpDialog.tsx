import { Kbd, Modal, Switch, Table, Text } from '@mantine/core'
import { Fragment } from 'react'
import { useOperator } from '../session/operator'
import { SHORTCUTS, useSingleKeys } from './shortcuts'

/** The keys, and what the page's words mean. */
export function HelpDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { tenant } = useOperator()
  const [singleKeys, setSingleKeys] = useSingleKeys()
  return (
    <Modal opened={opened} onClose={onClose} title="Keys and help" size="md">
      <Table verticalSpacing={5} withRowBorders={false}>
        <Table.Caption>All times are in the zone of {tenant.name}: {tenant.timeZone.replaceAll('_', ' ')}.</Table.Caption>
        <Table.Tbody>
          {SHORTCUTS.map(({ keys, does }) => (
            <Table.Tr key={does}>
              <Table.Td w={130}>
                {keys.map((key, index) => (
                  <Fragment key={key}>
                    {index > 0 && ' '}
                    <Kbd>{key}</Kbd>
                  </Fragment>
                ))}
              </Table.Td>
              <Table.Td>{does}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Switch
        mt="md"
        checked={singleKeys}
        onChange={(event) => setSingleKeys(event.currentTarget.checked)}
        label="Single keys are shortcuts"
        description="Turn this off when you speak to your computer."
      />
      <Text size="sm" c="dimmed" mt="md">
        Words with a dashed border were heard live; the final transcript takes their place after the call. A note is for colleagues, a whisper
        for the agent in a live call; the customer sees neither.
      </Text>
    </Modal>
  )
}
