import { useMediaQuery } from '@mantine/hooks'

/** Whether there is room for one thing beside another; the style sheets draw the same line. */
export function useNarrow(): boolean {
  return useMediaQuery('(max-width: 760px)', false, { getInitialValueInEffect: false })
}
