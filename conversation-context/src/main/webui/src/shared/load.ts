import { useCallback, useEffect, useRef, useState } from 'react'
import type { ApiError } from './http'

export interface Loaded<T> {
  data?: T
  /** Why the newest question was not answered; what was known before stays in `data`. */
  error?: ApiError
  loading: boolean
  reload: () => void
  /** Puts a newer state in place, as a server's answer to a change. */
  set: (data: T) => void
}

/**
 * What the server answers to `question`, asked again whenever `key` or `version` changes or `reload` is called. Another key is about
 * something else, so nothing is known until its answer; another version of the same thing leaves what was known until then. An answer to
 * an earlier question that comes after a later one is dropped; `key` null asks nothing. `reload` stays the same and asks what is wanted
 * when it is called: whoever kept it over a change, a dialog for instance, would bring back what was wanted before.
 */
export function useLoaded<T>(key: string | null, question: () => Promise<T>, version?: string): Loaded<T> {
  const [state, setState] = useState<{ key: string | null; data?: T; error?: ApiError; loading: boolean }>({
    key,
    loading: key !== null,
  })
  const asked = useRef(0)
  const latest = useRef({ key, question })
  latest.current = { key, question }

  const reload = useCallback(() => {
    const number = ++asked.current
    const { key, question } = latest.current
    if (key === null) return
    const answer = (next: { data?: T; error?: ApiError }) =>
      number === asked.current &&
      setState((had) => ({ key, loading: false, data: had.key === key ? had.data : undefined, ...next }))
    setState((had) => (had.key === key ? { ...had, loading: true } : { key, loading: true }))
    question().then(
      (data) => answer({ data, error: undefined }),
      (error: ApiError) => answer({ error }),
    )
  }, [])
  useEffect(() => {
    reload()
    return () => void asked.current++
  }, [key, version, reload])

  const set = useCallback((data: T) => setState({ key, data, loading: false }), [key])
  const current = state.key === key
  return {
    data: current ? state.data : undefined,
    error: current ? state.error : undefined,
    loading: current ? state.loading : key !== null,
    reload,
    set,
  }
}
