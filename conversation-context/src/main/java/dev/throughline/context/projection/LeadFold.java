package dev.throughline.context.projection;

import dev.throughline.context.questions.QuestionAnswers;
import dev.throughline.context.scoring.Scoring;
import dev.throughline.events.EventIds;
import dev.throughline.events.LeadEvent;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.context.LeadContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one batch makes of one lead. Pure.
 *
 * @param context after the batch
 * @param lastOffset the highest Kafka offset in it
 * @param told events that follow from it: a new score when the batch could change it and did, answers that have become due
 */
record LeadFold(LeadContext context, long lastOffset, List<RecordedEvent> told) {

    private static final String SOURCE = "conversation-context";

    /** @param arrived the lead's new events in the log's order, at least one */
    static LeadFold of(LeadContext before, long offsetBefore, List<Arrived> arrived, Instant now) {
        LeadContext context = before;
        long offset = offsetBefore;
        RecordedEvent trigger = null;
        boolean questions = false;
        for (Arrived one : arrived) {
            context = context.apply(one.event());
            offset = Math.max(offset, one.offset());
            if (Scoring.isTrigger(one.event().event())) {
                trigger = one.event();
            }
            questions |= QuestionAnswers.isTrigger(one.event().event());
        }
        List<RecordedEvent> told = new ArrayList<>();
        if (questions) {
            told.addAll(QuestionAnswers.due(context));
        }
        if (trigger != null) {
            changedScore(context, trigger, now).ifPresent(told::add);
        }
        return new LeadFold(context, offset, told);
    }

    private static Optional<RecordedEvent> changedScore(LeadContext context, RecordedEvent trigger, Instant now) {
        LeadEvent.Scored score = Scoring.of(context, now);
        if (context.score() != null && context.score().value().equals(score)) {
            return Optional.empty();
        }
        return Optional.of(new RecordedEvent(
                EventIds.of("lead.scored", context.leadId(), trigger.id()),
                now.truncatedTo(ChronoUnit.MICROS),
                SOURCE,
                context.tenantId(),
                context.leadId(),
                score));
    }
}
