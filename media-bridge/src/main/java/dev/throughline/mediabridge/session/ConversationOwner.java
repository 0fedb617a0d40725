package dev.throughline.mediabridge.session;

import dev.throughline.mediabridge.agent.AgentReady;
import dev.throughline.mediabridge.agent.AgentRefusal;
import dev.throughline.mediabridge.audio.AgentFormat;
import dev.throughline.mediabridge.audio.Playback;

/** The call a conversation belongs to: what the agent does is told to it, and it decides what follows. */
interface ConversationOwner {

    void onReady(AgentReady ready);

    void onRefused(AgentRefusal reason, String detail);

    /** The agent's socket closed after the conversation began. */
    void onAgentGone(int code, String reason);

    /** The agent hangs up once its last words were heard. */
    void onAgentEnds();

    /** Whether agent audio with this event id is still to be played. */
    boolean admits(long eventId);

    /** Sound for the caller, base64 of mu-law; {@code eventId} of the answer it belongs to, -1 for none. */
    void onSpeech(String payload, long eventId, long receivedNanos);

    /** The caller cut in; what he had heard by then. */
    Playback.Heard onInterruption(long eventId);

    /** The agent's audio is not what it announced. */
    void onFormatMismatch(AgentFormat announced, String heard);
}
