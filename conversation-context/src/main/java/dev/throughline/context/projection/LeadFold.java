package dev.throughline.context.projection;

import dev.throughline.context.projection.ProjectionRepository.Standing;
import dev.throughline.context.questions.QuestionAnswers;
import dev.throughline.context.scoring.Scoring;
import dev.throughline.events.EventIds;
import dev.throughline.events.LeadEvent;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.context.LeadContext;
import dev.throughline.events.context.LeadContextCodec;
import dev.throughline.events.tenant.ScoreSettings;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one batch makes of one lead. Pure.
 *
 * @param context after the batch
 * @param encoded the context as it is stored
 * @param joined all that is known of the person, encoded; null for a lead that is linked with nobody
 * @param lastOffset the highest Kafka offset in it
 * @param events how many events it was made of, in all
 * @param partition the partition they came by
 * @param table oid of the table the lead stood in before; 0 for a new lead
 * @param keep whether it is one of the contexts that are kept for looking back
 * @param news the lead's new events
 * @param told events that follow from it: a new score when the batch could change it and did, answers that have become due
 */
record LeadFold(
        LeadContext context,
        byte[] encoded,
        byte @Nullable [] joined,
        long lastOffset,
        int events,
        int partition,
        long table,
        boolean keep,
        List<RecordedEvent> news,
        List<RecordedEvent> told) {

    /** A context is kept after every so many events: looking back reads at most this many. */
    private static final int KEPT_EVERY = 256;

    private static final String SOURCE = "conversation-context";

    /** @param arrived the lead's new events in the log's order, at least one */
    static LeadFold of(Standing before, List<Arrived> arrived, Instant now, ScoreSettings weights) {
        LeadContext context = before.context();
        long offset = before.lastOffset();
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
            changedScore(context, trigger, now, weights).ifPresent(told::add);
        }
        int events = before.events() + arrived.size();
        return new LeadFold(
                context,
                LeadContextCodec.encode(context),
                null,
                offset,
                events,
                arrived.getFirst().partition(),
                before.table(),
                events / KEPT_EVERY > before.events() / KEPT_EVERY,
                arrived.stream().map(Arrived::event).toList(),
                told);
    }

    /** The same with what is known of the person by other leads; null: by none. */
    LeadFold joined(@Nullable LeadContext person) {
        byte @Nullable [] whole = person == null ? null : LeadContextCodec.encode(person);
        return new LeadFold(context, encoded, whole, lastOffset, events, partition, table, keep, news, told);
    }

    private static Optional<RecordedEvent> changedScore(
            LeadContext context, RecordedEvent trigger, Instant now, ScoreSettings weights) {
        LeadEvent.Scored score = Scoring.of(context, now, weights);
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
