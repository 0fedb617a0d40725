import { Group } from '@mantine/core'
import { ActButton } from '../shared/ActButton'
import type { ApiError } from '../shared/http'
import { ProblemNotice } from '../shared/ProblemNotice'

interface SaveProps {
  reason?: string
  dirty: boolean
  busy: boolean
  error?: ApiError
}

/** The end of a form: what the server found wrong, and the button. */
export function Save({ reason, dirty, busy, error }: SaveProps) {
  return (
    <>
      <ProblemNotice error={error} />
      <Group justify="flex-end">
        <ActButton type="submit" reason={reason} loading={busy} disabled={!reason && !dirty}>
          Save
        </ActButton>
      </Group>
    </>
  )
}
