/** A field the server found wrong; `message` ends the sentence "field …". */
export interface WrongField {
  field: string
  message: string
}

/** Problem details (RFC 9457) as the services write them. */
export interface Problem {
  title?: string
  detail?: string
  /** Stable and upper case. */
  code?: string
  /** What can be done about it. */
  cure?: string
  errors?: WrongField[]
  /** Other times, where a time was refused. */
  alternatives?: unknown[]
}

/** A refusal of the server; `status` 0 means that it was not reached, so that nobody knows whether it was done. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem,
  ) {
    super(problem.detail ?? problem.title ?? `The server answered ${status}.`)
  }

  /** Whether the same request may be repeated and meet better luck. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500
  }
}

const TIMEOUT_MILLIS = 15_000

export async function send(path: string, init?: RequestInit, timeoutMillis = TIMEOUT_MILLIS): Promise<Response> {
  let response: Response
  try {
    response = await fetch(path, { signal: AbortSignal.timeout(timeoutMillis), ...init })
  } catch {
    throw new ApiError(0, {
      title: 'The server was not reached',
      detail: 'The server cannot be reached.',
      cure: 'Look at the connection, then try again.',
    })
  }
  if (!response.ok) {
    if (response.status === 401 && !path.startsWith('/api/session')) {
      window.dispatchEvent(new Event('signed-out'))
    }
    throw new ApiError(response.status, problem(await response.json().catch(() => ({}))))
  }
  return response
}

/** Webhook-shaped answers say `error` where problem details say `detail`. */
function problem(body: Problem & { error?: string }): Problem {
  return { ...body, detail: body.detail ?? body.error }
}

async function json<T>(path: string, init?: RequestInit, timeoutMillis?: number): Promise<T> {
  const response = await send(path, init, timeoutMillis)
  const text = await response.text()
  return (text === '' ? undefined : JSON.parse(text)) as T
}

export const get = <T>(path: string, timeoutMillis?: number): Promise<T> => json<T>(path, undefined, timeoutMillis)

/** Asks for something to be done. `key` makes a repeat of the same wish harmless. */
export function ask<T>(
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
  key?: string,
  timeoutMillis?: number,
): Promise<T> {
  const headers: Record<string, string> = {}
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  if (key) headers['Idempotency-Key'] = key
  return json<T>(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) }, timeoutMillis)
}

/** The `data` of `{"success":true,"data":…}`. */
export const data = <T>(answer: Promise<{ data: T }>): Promise<T> => answer.then((whole) => whole.data)

/** An id as one segment of a path. */
export const segment = encodeURIComponent
