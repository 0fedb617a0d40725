package dev.throughline.platform.elevenlabs;

import java.time.Duration;

/**
 * A call that ElevenLabs is to make.
 *
 * @param agentPhoneNumberId {@code phnum_…}: the {@linkplain AgentNumber#id() imported number} that calls
 * @param to E.164
 * @param ringing how long it may ring, 1 to 999 s
 */
public record OutboundCall(
        String agentId, String agentPhoneNumberId, String to, ConversationData data, Duration ringing) {}
