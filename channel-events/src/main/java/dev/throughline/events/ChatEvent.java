package dev.throughline.events;

import org.jspecify.annotations.Nullable;

/** What happens in the browser chat. */
public sealed interface ChatEvent extends ChannelEvent {

    /**
     * {@code chat.message}.
     *
     * @param messageId unique within the visitor's session
     * @param conversationId the ElevenLabs conversation, null before it began
     */
    record Message(String messageId, @Nullable String conversationId, Speaker speaker, String text)
            implements ChatEvent {}
}
