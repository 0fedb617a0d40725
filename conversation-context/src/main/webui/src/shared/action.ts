import { useCallback, useRef, useState } from 'react'
import { ApiError } from './http'

export interface Action<A, R> {
  run: (argument: A) => Promise<R | undefined>
  busy: boolean
  error?: ApiError
  clear: () => void
}

/**
 * Something an operator has done, once per click. The work gets an idempotency key that stays the same while the same wish is tried again
 * after nobody answered, so that two clicks on a bad line are one text and one call; another wish, or an answer, makes a new key.
 * Returns undefined when it was refused: `error` says why.
 */
export function useAction<A, R>(work: (argument: A, key: string) => Promise<R>): Action<A, R> {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<ApiError>()
  const wish = useRef<{ text: string; key: string }>(undefined)
  const running = useRef(false)
  const latest = useRef(work)
  latest.current = work

  const run = useCallback(async (argument: A) => {
    if (running.current) return undefined
    running.current = true
    const text = JSON.stringify(argument) ?? ''
    if (wish.current?.text !== text) wish.current = { text, key: crypto.randomUUID() }
    setBusy(true)
    setError(undefined)
    try {
      const result = await latest.current(argument, wish.current.key)
      wish.current = undefined
      return result
    } catch (failure) {
      const refusal = failure instanceof ApiError ? failure : new ApiError(0, { detail: String(failure) })
      if (!refusal.passing) wish.current = undefined
      setError(refusal)
      return undefined
    } finally {
      running.current = false
      setBusy(false)
    }
  }, [])
  const clear = useCallback(() => setError(undefined), [])
  return { run, busy, error, clear }
}
