import { ActionIcon, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { useAction } from '../shared/action'
import { IconPhone, IconPlus, IconTrash } from '../shared/icons'
import { ProblemNotice } from '../shared/ProblemNotice'
import { acts } from './api'

interface CallNowProps {
  leadId: string
  name: string
  opened: boolean
  onClose: () => void
}

const MOST_QUESTIONS = 10

/** Has the agent call the customer, now, with something to ask. */
export function CallNow({ leadId, name, opened, onClose }: CallNowProps) {
  const [questions, setQuestions] = useState([''])
  const call = useAction((asked: string[], key) => acts.call(leadId, asked, 'bridge', key))

  const place = async () => {
    const placed = await call.run(questions.map((question) => question.trim()).filter(Boolean))
    if (!placed) return
    notifications.show({ title: `The agent calls ${name}`, message: placed.message })
    setQuestions([''])
    onClose()
  }
  const put = (index: number, text: string) => setQuestions((had) => had.with(index, text))

  return (
    <Modal opened={opened} onClose={onClose} title={`Have ${name} called`}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void place()
        }}
      >
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            The agent calls, knows everything that was said before, and asks what you write here. The answers come into the timeline.
          </Text>
          {questions.map((question, index) => (
            <TextInput
              key={index}
              label={index === 0 ? 'Questions' : undefined}
              aria-label={`Question ${index + 1}`}
              placeholder="Are you still coming on Monday?"
              value={question}
              maxLength={300}
              data-autofocus={index === 0 || undefined}
              onChange={(event) => put(index, event.currentTarget.value)}
              rightSection={
                questions.length > 1 && (
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={`Remove question ${index + 1}`}
                    onClick={() => setQuestions((had) => had.toSpliced(index, 1))}
                  >
                    <IconTrash size={16} />
                  </ActionIcon>
                )
              }
            />
          ))}
          {questions.length < MOST_QUESTIONS && (
            <Button
              variant="subtle"
              size="compact-sm"
              style={{ alignSelf: 'flex-start' }}
              leftSection={<IconPlus size={15} aria-hidden />}
              onClick={() => setQuestions((had) => [...had, ''])}
            >
              Another question
            </Button>
          )}
          <ProblemNotice error={call.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={call.busy} leftSection={<IconPhone size={16} aria-hidden />}>
              Call now
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
