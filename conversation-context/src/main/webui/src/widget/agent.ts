import type { Begun } from './api'

/** What happens in a live conversation. */
export interface Listener {
  said: (speaker: 'CUSTOMER' | 'AGENT', text: string) => void
  /** The visitor cut in: of what was said last, only this was heard. */
  corrected: (heard: string) => void
  mode: (mode: 'listening' | 'speaking') => void
  /** `wanted` is false when the line broke. */
  ended: (wanted: boolean) => void
}

/** A live conversation with the agent. */
export interface Live {
  readonly conversationId: string
  readonly voice: boolean
  /** What happens from here on is news to the agent. */
  readonly begunAt: number
  write: (text: string) => void
  inform: (text: string) => void
  mute: (muted: boolean) => void
  end: () => Promise<void>
}

/**
 * Begins a conversation with the provider's own client, which is loaded when it is first needed. By voice it asks for the microphone; text
 * never does.
 */
export async function converse(begun: Begun, listener: Listener): Promise<Live> {
  const { Conversation } = await import('@elevenlabs/client')
  const voice = !begun.textOnly
  let ended = false
  const conversation = await Conversation.startSession({
    signedUrl: begun.signedUrl,
    connectionType: 'websocket',
    ...(voice ? {} : { textOnly: true }),
    userId: begun.userId,
    dynamicVariables: begun.dynamicVariables,
    overrides: begun.overrides,
    onMessage: ({ role, message }) => {
      // Written words are on the page already; spoken ones are known when they were understood.
      if (role === 'agent') listener.said('AGENT', message)
      else if (voice) listener.said('CUSTOMER', message)
    },
    onAgentResponseCorrection: ({ corrected_agent_response }) => listener.corrected(corrected_agent_response),
    onModeChange: ({ mode }) => listener.mode(mode),
    onDisconnect: ({ reason }) => {
      ended = true
      listener.ended(reason !== 'error')
    },
  })
  const open = (act: () => void) => {
    if (!ended) act()
  }
  return {
    conversationId: conversation.getId(),
    voice,
    begunAt: Date.parse(begun.begunAt),
    write: (text) => open(() => conversation.sendUserMessage(text)),
    inform: (text) => open(() => conversation.sendContextualUpdate(text)),
    mute: (muted) => open(() => conversation.setMicMuted(muted)),
    end: () => (ended ? Promise.resolve() : conversation.endSession()),
  }
}
