import { Alert, List, Text } from '@mantine/core'
import type { ApiError } from './http'
import { IconAlert } from './icons'

/** What HTTP calls a refusal says nothing to a person. */
const REASON_PHRASES = new Set([
  'Bad Request',
  'Conflict',
  'Forbidden',
  'Not Found',
  'Too Many Requests',
  'Unprocessable Entity',
  'Unprocessable Content',
  'Bad Gateway',
  'Service Unavailable',
  'Gateway Timeout',
])

/** Why something was not done, and what can be done about it, in the server's words. */
export function ProblemNotice({ error, onClose }: { error?: ApiError; onClose?: () => void }) {
  if (!error) return null
  const { title, detail, cure, errors } = error.problem
  const several = errors && errors.length > 1
  return (
    <Alert
      color="red"
      variant="light"
      role="alert"
      icon={<IconAlert size={18} aria-hidden />}
      title={title && title !== detail && !REASON_PHRASES.has(title) ? title : undefined}
      withCloseButton={onClose !== undefined}
      closeButtonLabel="Close"
      onClose={onClose}
    >
      {several ? (
        <List size="sm">
          {errors.map(({ field, message }) => (
            <List.Item key={field}>
              {field} {message}
            </List.Item>
          ))}
        </List>
      ) : (
        <Text size="sm">{detail ?? error.message}</Text>
      )}
      {cure && (
        <Text size="sm" mt={4} fw={600}>
          {cure}
        </Text>
      )}
    </Alert>
  )
}
