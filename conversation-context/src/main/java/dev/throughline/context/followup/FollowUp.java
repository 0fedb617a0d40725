package dev.throughline.context.followup;

import dev.throughline.events.EventIds;
import dev.throughline.events.tenant.FollowUpChannel;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done.
 *
 * @param words of a text, with placeholders; null where there is nothing to say
 * @param questions of a call, with placeholders
 * @param dueAt when; quiet hours are behind it as far as they were known
 * @param raisedBy the follow-up whose failure raised this one; null otherwise
 */
record FollowUp(
        UUID id,
        UUID tenantId,
        UUID leadId,
        Reason reason,
        FollowUpChannel channel,
        @Nullable String words,
        List<String> questions,
        Instant dueAt,
        @Nullable UUID raisedBy) {

    FollowUp {
        questions = List.copyOf(questions);
    }

    /** How far it came. */
    enum State {
        SCHEDULED,
        /** A worker has it. */
        DOING,
        /** The other service has taken it. */
        DONE,
        /** It was not done because there was no reason left, or it was not allowed. */
        SKIPPED,
        /** It could not be done, or was not delivered. */
        FAILED,
        CANCELLED
    }

    /** The id of what comes after this one failed: a failure told twice raises one. */
    UUID nextId() {
        return EventIds.of("follow-up.next", id);
    }

    /** The same at another time. */
    FollowUp at(Instant newDue) {
        return new FollowUp(id, tenantId, leadId, reason, channel, words, questions, newDue, raisedBy);
    }
}
