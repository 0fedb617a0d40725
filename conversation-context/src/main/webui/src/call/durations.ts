/** -1 was not measured. */
export function millis(value: number): string {
  return value < 0 ? '–' : String(Math.round(value))
}

/** Minutes and seconds since the beginning. */
export function offset(value: number): string {
  const seconds = Math.max(0, Math.floor(value / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

export interface Step {
  name: string
  millis: number
  /** Where it begins, in milliseconds from the bar's left end. */
  from: number
}

/** Steps one after the other; what was not measured takes no room. */
export function steps(parts: [string, number][]): Step[] {
  let from = 0
  return parts.map(([name, value]) => {
    const step = { name, millis: value, from }
    from += Math.max(0, value)
    return step
  })
}
