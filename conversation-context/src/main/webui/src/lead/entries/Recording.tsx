import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { ApiError } from '../../shared/http'
import { IconPlay } from '../../shared/icons'
import { leads } from '../api'
import classes from './Entries.module.css'

/** A voice message, fetched when somebody wants to hear it. */
export function Recording({ sid }: { sid: string }) {
  const [url, setUrl] = useState<string>()
  const [loading, setLoading] = useState(false)
  const [error, setError] = useState<string>()
  useEffect(() => () => (url ? URL.revokeObjectURL(url) : undefined), [url])

  const load = () => {
    setLoading(true)
    setError(undefined)
    leads
      .recording(sid)
      .then(
        (sound) => setUrl(URL.createObjectURL(sound)),
        (failure: ApiError) => setError(failure.message),
      )
      .finally(() => setLoading(false))
  }

  if (url) {
    return (
      <audio
        className={classes.recording}
        src={url}
        controls
        autoPlay
        onError={() => {
          setUrl(undefined)
          setError('The recording cannot be played here.')
        }}
      />
    )
  }
  return (
    <div className={classes.recording}>
      <Button size="compact-sm" variant="light" loading={loading} onClick={load} leftSection={<IconPlay size={13} aria-hidden />}>
        Play
      </Button>
      {error && (
        <span className={classes.error} role="alert">
          {error}
        </span>
      )}
    </div>
  )
}
