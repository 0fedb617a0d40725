package dev.throughline.context.lead;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.throughline.events.CallEvent;
import dev.throughline.events.Channel;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.Speaker;
import dev.throughline.events.context.Known;
import dev.throughline.events.context.LeadContext;
import dev.throughline.events.context.Timeline;
import dev.throughline.events.context.TimelineEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A lead as it stands on the board.
 *
 * @param lastActivity time of the newest event
 * @param lastChannel where the last words were said; null before the first, like {@code lastSpeaker} and {@code lastText}
 * @param lastText at most 200 characters
 * @param score 0..100, null before the first
 * @param waitingSince since when a text or chat message of the customer waits for an answer, null when none does
 * @param callingSince when the call began that is not over, null when there is none
 */
public record LeadSummary(
        UUID leadId,
        @JsonIgnore UUID tenantId,
        @Nullable String name,
        @Nullable String phone,
        Instant lastActivity,
        @Nullable Channel lastChannel,
        @Nullable Speaker lastSpeaker,
        @Nullable String lastText,
        @Nullable Integer score,
        @Nullable Instant callingSince,
        @Nullable Instant waitingSince) {

    private static final int LONGEST_PREVIEW = 200;
    /** Twilio ends a call after 4 hours at the latest by default; older than that, its end was never told. */
    private static final Duration LONGEST_CALL = Duration.ofHours(4);

    /** Whether the lead is on the phone, as far as is known at {@code now}. */
    public boolean onThePhone(Instant now) {
        return callingSince != null && callingSince.plus(LONGEST_CALL).isAfter(now);
    }

    /** The summary of a context with at least one event. Pure. */
    public static LeadSummary of(LeadContext context) {
        List<TimelineEntry> said = Timeline.of(context.window().events()).stream()
                .filter(TimelineEntry::isUtterance)
                .toList();
        @Nullable TimelineEntry last = said.isEmpty() ? null : said.getLast();
        Instant lastActivity = context.lastActivity();
        return new LeadSummary(
                context.leadId(),
                context.tenantId(),
                context.name() == null
                        ? null
                        : EventWords.storable(context.name().value()),
                context.phone() == null
                        ? null
                        : EventWords.storable(context.phone().value()),
                lastActivity == null ? Instant.EPOCH : lastActivity,
                last == null ? null : last.channel(),
                last == null ? null : last.speaker(),
                last == null ? null : preview(last.text()),
                context.score() == null ? null : context.score().value().score(),
                callingSince(context.window().events()),
                waitingSince(said, context));
    }

    /** Per channel, the oldest message of the customer with none of ours after it; of more than one the oldest. */
    private static @Nullable Instant waitingSince(List<TimelineEntry> said, LeadContext context) {
        Map<Channel, Instant> waiting = new EnumMap<>(Channel.class);
        for (TimelineEntry entry : said) {
            if (entry.kind() != TimelineEntry.Kind.MESSAGE) {
                continue;
            }
            if (entry.speaker() == Speaker.CUSTOMER) {
                waiting.putIfAbsent(entry.channel(), entry.time());
            } else {
                waiting.remove(entry.channel());
            }
        }
        Known<Boolean> allowed = context.textsAllowed();
        if (allowed != null && !allowed.value()) {
            // Who asked for silence waits for nothing.
            waiting.remove(Channel.SMS);
        }
        return waiting.values().stream().min(Instant::compareTo).orElse(null);
    }

    private static String preview(String text) {
        String line = EventWords.storable(text).replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST_PREVIEW ? line : line.substring(0, LONGEST_PREVIEW - 1) + "…";
    }

    private static @Nullable Instant callingSince(List<RecordedEvent> events) {
        Map<String, Instant> open = new HashMap<>();
        for (RecordedEvent recorded : events) {
            if (recorded.event() instanceof CallEvent.Started started) {
                open.put(started.callId(), recorded.time());
            }
        }
        for (RecordedEvent recorded : events) {
            if (recorded.event() instanceof CallEvent.Ended ended) {
                open.remove(ended.callId());
            }
        }
        return open.values().stream().max(Instant::compareTo).orElse(null);
    }
}
