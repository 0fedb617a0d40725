package dev.throughline.platform.elevenlabs;

import org.jspecify.annotations.Nullable;

/**
 * A phone number in the ElevenLabs workspace.
 *
 * @param id {@code phnum_…}
 * @param number E.164
 * @param provider {@code twilio}, {@code sip_trunk}, …
 * @param agentId the agent it is linked to, null when to none
 * @param supportsOutbound whether it can call out
 */
public record AgentNumber(
        String id, String number, String provider, @Nullable String agentId, boolean supportsOutbound) {}
