import type { Channel } from './model'
import { IconChat, IconNote, IconPhone, IconSms } from './icons'

const MARKS = {
  VOICE: { Icon: IconPhone, label: 'by phone' },
  SMS: { Icon: IconSms, label: 'by text' },
  CHAT: { Icon: IconChat, label: 'by chat' },
  OPERATOR: { Icon: IconNote, label: 'at the desk' },
}

/** The mark of a channel, with its name for those who do not see it. */
export function ChannelIcon({ channel, size = 14 }: { channel: Channel; size?: number }) {
  const { Icon, label } = MARKS[channel]
  return <Icon size={size} stroke={1.8} role="img" aria-label={label} />
}

export function channelLabel(channel: Channel): string {
  return MARKS[channel].label
}
