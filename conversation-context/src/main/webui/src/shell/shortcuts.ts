import { useLocalStorage } from '@mantine/hooks'

/** Every shortcut of the page; the help dialog shows this list. */
export const SHORTCUTS: { keys: string[]; does: string }[] = [
  { keys: ['Alt', '1'], does: 'Board' },
  { keys: ['Alt', '2'], does: 'Calendar' },
  { keys: ['Alt', '3'], does: 'Follow-ups' },
  { keys: ['Alt', '4'], does: 'Settings' },
  { keys: ['/'], does: 'Search conversations' },
  { keys: ['↑', '↓'], does: 'Move in the list of conversations' },
  { keys: ['Alt', 'T'], does: 'Write a text' },
  { keys: ['Alt', 'N'], does: 'Write a note' },
  { keys: ['Alt', 'W'], does: 'Whisper to the agent in a live call' },
  { keys: ['Alt', 'C'], does: 'Call the customer' },
  { keys: ['Ctrl', 'Enter'], does: 'Send what is written' },
  { keys: ['?'], does: 'This help' },
]

/** Whether keys without Alt or Ctrl are shortcuts; whoever speaks to the computer turns them off. */
export function useSingleKeys() {
  return useLocalStorage({ key: 'throughline-single-keys', defaultValue: true, getInitialValueInEffect: false })
}
