package dev.throughline.platform.rejection;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A webhook that was refused, and why. Without what the sender wrote: no parameters, no body, no signature; query values and what looks
 * like a token in a path are left out ({@link SafeUrl}).
 *
 * @param provider {@code twilio} or {@code elevenlabs}
 * @param seen the address as this installation knows it
 * @param signed the address the signature is right for; null when none was found, or addresses are not signed
 * @param differs the parts in which those two differ: {@code scheme}, {@code host}, {@code port}, {@code path}, {@code query}
 * @param headers what the way here said about the address: {@code Host}, {@code X-Forwarded-…}
 * @param found one sentence
 * @param cure one sentence
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Rejection(
        Instant at,
        String provider,
        String seen,
        @Nullable String signed,
        List<String> differs,
        Map<String, String> headers,
        String found,
        String cure) {}
