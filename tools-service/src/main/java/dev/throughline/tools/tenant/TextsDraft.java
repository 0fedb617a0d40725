package dev.throughline.tools.tenant;

import dev.throughline.events.tenant.TextSettings;
import dev.throughline.events.tenant.TextSettings.OnFailure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code settings.texts} as an operator writes it; see {@link TextSettings} for the meaning of each. What is absent is the suite's own
 * way.
 *
 * @param senders any way of writing the numbers; short codes as their digits
 */
public record TextsDraft(
        @Nullable Quiet quietHours,
        @Nullable Integer textsPerMinute,
        @Nullable Integer maxLength,
        @Nullable String messagingServiceSid,
        @Nullable List<@Nullable String> senders,
        @Nullable String helpText,
        @Nullable String fallback,
        @Nullable OnFailure onFailure,
        @Nullable String failureHook) {

    /** Both {@code HH:mm}, both required. */
    public record Quiet(@Nullable String from, @Nullable String to) {}

    static TextsDraft of(TextSettings texts) {
        TextSettings.QuietHours quiet = texts.quietHours();
        return new TextsDraft(
                quiet == null ? null : new Quiet(quiet.from(), quiet.to()),
                texts.textsPerMinute(),
                texts.maxLength(),
                texts.messagingServiceSid(),
                List.copyOf(texts.senders()),
                texts.helpText(),
                texts.fallback(),
                texts.onFailure(),
                texts.failureHook());
    }
}
