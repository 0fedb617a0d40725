package dev.throughline.context.followup;

import dev.throughline.context.followup.FollowUp.State;
import dev.throughline.context.followup.FollowUpRows.Kept;
import dev.throughline.context.followup.Reason.Asked;
import dev.throughline.context.followup.Reason.CallWithoutBooking;
import dev.throughline.context.followup.Reason.MissedCall;
import dev.throughline.context.followup.Reason.Reminder;
import dev.throughline.context.lead.LeadSummary;
import dev.throughline.events.tenant.FollowUpChannel;
import dev.throughline.events.tenant.Tenant;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The JSON operators read. Members that are null are left out. */
final class FollowUpViews {

    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("EEE d MMM yyyy HH:mm", Locale.ENGLISH);

    private FollowUpViews() {}

    /**
     * A follow-up.
     *
     * @param kind MISSED_CALL, CALL_WITHOUT_BOOKING, REMINDER or ASKED
     * @param why in words
     * @param state scheduled, due, doing, done, skipped, failed or cancelled
     * @param when {@code dueAt} in the tenant's zone, for people
     * @param text with its placeholders; null where it says nothing
     * @param note why it ended as it did, or was put off
     * @param raisedBy the follow-up whose failure raised it
     */
    record View(
            UUID id,
            UUID leadId,
            String kind,
            String why,
            FollowUpChannel channel,
            String state,
            Instant dueAt,
            String when,
            @Nullable String text,
            List<String> questions,
            @Nullable String callSid,
            @Nullable String appointmentId,
            @Nullable String author,
            @Nullable UUID raisedBy,
            @Nullable String note,
            int attempts,
            Instant createdAt,
            Instant changedAt) {

        static View of(Kept kept, ZoneId zone, Instant now) {
            FollowUp followUp = kept.followUp();
            Reason reason = followUp.reason();
            return new View(
                    followUp.id(),
                    followUp.leadId(),
                    FollowUpRows.kind(reason),
                    reason.words(),
                    followUp.channel(),
                    state(kept, now),
                    followUp.dueAt(),
                    WHEN.format(followUp.dueAt().atZone(zone)),
                    followUp.words(),
                    followUp.questions(),
                    callSid(reason),
                    reason instanceof Reminder reminder ? reminder.appointmentId() : null,
                    reason instanceof Asked asked ? asked.author() : null,
                    followUp.raisedBy(),
                    kept.note(),
                    kept.attempts(),
                    kept.createdAt(),
                    kept.changedAt());
        }

        private static String state(Kept kept, Instant now) {
            return kept.state() == State.SCHEDULED && !kept.followUp().dueAt().isAfter(now)
                    ? "due"
                    : kept.state().name().toLowerCase(Locale.ROOT);
        }

        private static @Nullable String callSid(Reason reason) {
            return switch (reason) {
                case MissedCall missed -> missed.callId();
                case CallWithoutBooking call -> call.callId();
                case Reminder reminder -> null;
                case Asked asked -> null;
            };
        }
    }

    /**
     * Some follow-ups.
     *
     * @param nextCursor for {@code ?cursor=}; null on the last page
     * @param leads whom they are for, by lead; null where all are one lead's
     */
    record Page(
            List<View> followUps,
            String timeZone,
            @Nullable String nextCursor,
            @Nullable Map<UUID, Whom> leads) {

        /** This page with whom its follow-ups are for. */
        Page of(List<LeadSummary> summaries) {
            Map<UUID, Whom> whom = new HashMap<>();
            summaries.forEach(lead -> whom.put(lead.leadId(), new Whom(lead.name(), lead.phone())));
            return new Page(followUps, timeZone, nextCursor, whom);
        }

        /** The first {@code most} of what was found, as it stands at {@code now}. */
        static Page of(List<Kept> found, int most, Tenant tenant, Instant now) {
            List<Kept> page = found.subList(0, Math.min(most, found.size()));
            @Nullable String next = found.size() > most ? Place.of(page.getLast()).text() : null;
            return new Page(
                    page.stream().map(kept -> View.of(kept, tenant.zone(), now)).toList(),
                    tenant.timeZone(),
                    next,
                    null);
        }
    }

    /** Who a lead is, as far as it is known. */
    record Whom(@Nullable String name, @Nullable String phone) {}

    /** What signs the hook's requests. */
    record HookSecret(String secret) {}

    /** Where a page begins. */
    record Place(Instant dueAt, UUID id) {

        static Place of(Kept kept) {
            return new Place(kept.followUp().dueAt(), kept.followUp().id());
        }

        String text() {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString((dueAt + "|" + id).getBytes(StandardCharsets.US_ASCII));
        }

        static Optional<Place> parse(String text) {
            try {
                String[] parts =
                        new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII).split("\\|", 2);
                return parts.length < 2
                        ? Optional.empty()
                        : Optional.of(new Place(Instant.parse(parts[0]), UUID.fromString(parts[1])));
            } catch (IllegalArgumentException | DateTimeException malformed) {
                return Optional.empty();
            }
        }
    }
}
