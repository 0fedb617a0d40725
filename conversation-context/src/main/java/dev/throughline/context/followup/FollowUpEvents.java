package dev.throughline.context.followup;

import dev.throughline.events.EventIds;
import dev.throughline.events.FollowUpEvent;
import dev.throughline.events.RecordedEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;

/** How follow-ups are told to everybody. Pure. */
final class FollowUpEvents {

    private static final String SOURCE = "conversation-context";

    private FollowUpEvents() {}

    /** It is planned, or planned for another time. */
    static RecordedEvent scheduled(FollowUp followUp, Instant now) {
        String why = followUp.raisedBy() == null
                ? followUp.reason().words()
                : followUp.reason().words() + ", the text failed";
        UUID id = EventIds.of("follow-up.scheduled", followUp.id(), followUp.dueAt());
        return recorded(
                id,
                followUp,
                new FollowUpEvent.Scheduled(followUp.id().toString(), what(followUp), followUp.dueAt(), why),
                now);
    }

    /** It was done. */
    static RecordedEvent done(FollowUp followUp, Instant now) {
        UUID id = EventIds.of("follow-up.done", followUp.id());
        return recorded(id, followUp, new FollowUpEvent.Done(followUp.id().toString(), what(followUp)), now);
    }

    /** It will not be done. */
    static RecordedEvent skipped(FollowUp followUp, String why, Instant now) {
        UUID id = EventIds.of("follow-up.skipped", followUp.id());
        return recorded(id, followUp, new FollowUpEvent.Skipped(followUp.id().toString(), why), now);
    }

    private static String what(FollowUp followUp) {
        return followUp.channel().name().toLowerCase(Locale.ROOT);
    }

    private static RecordedEvent recorded(UUID id, FollowUp followUp, FollowUpEvent event, Instant now) {
        return new RecordedEvent(
                id, now.truncatedTo(ChronoUnit.MICROS), SOURCE, followUp.tenantId(), followUp.leadId(), event);
    }
}
