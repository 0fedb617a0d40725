package dev.throughline.platform.elevenlabs;

import org.jspecify.annotations.Nullable;

/**
 * A call ElevenLabs has made. Both may be missing, which does not mean that there is no call.
 *
 * @param conversationId {@code conv_…}
 * @param callSid Twilio's
 */
public record PlacedCall(
        @Nullable String conversationId, @Nullable String callSid) {}
