package dev.throughline.context.questions;

import dev.throughline.events.CallEvent;
import dev.throughline.events.CallEvent.QuestionsAnswered;
import dev.throughline.events.CallEvent.QuestionsAsked;
import dev.throughline.events.ChannelEvent;
import dev.throughline.events.ConversationEvent;
import dev.throughline.events.ConversationEvent.Analysed;
import dev.throughline.events.EventIds;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.context.LeadContext;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The {@code call.questions-answered} events that have become due. */
public final class QuestionAnswers {

    private static final String SOURCE = "conversation-context";
    /** Behind the analysis it is read from, in every timeline. */
    private static final Duration AFTER = Duration.ofMillis(1);

    private QuestionAnswers() {}

    /** Whether an event of this kind can make answers due. */
    public static boolean isTrigger(ChannelEvent event) {
        return event instanceof Analysed || event instanceof QuestionsAsked;
    }

    /** The answers of every call whose questions and analysis both are known and whose answers are not. */
    public static List<RecordedEvent> due(LeadContext context) {
        Map<String, RecordedEvent> asked = new LinkedHashMap<>();
        Set<String> answered = new HashSet<>();
        for (RecordedEvent recorded : context.questions().events()) {
            if (recorded.event() instanceof QuestionsAsked questions) {
                asked.put(questions.callId(), recorded);
            } else if (recorded.event() instanceof QuestionsAnswered answers) {
                answered.add(answers.callId());
            }
        }
        Analyses analyses = Analyses.in(context.window().events());
        return asked.values().stream()
                .map(questions -> {
                    QuestionsAsked event = (QuestionsAsked) questions.event();
                    return answered.contains(event.callId())
                            ? null
                            : analyses.of(event)
                                    .map(analysis -> event(questions, event, analysis))
                                    .orElse(null);
                })
                .filter(Objects::nonNull)
                .toList();
    }

    private static RecordedEvent event(RecordedEvent asked, QuestionsAsked questions, RecordedEvent analysis) {
        Analysed analysed = (Analysed) analysis.event();
        Instant known = asked.time().isAfter(analysis.time()) ? asked.time() : analysis.time();
        return new RecordedEvent(
                EventIds.of("call.questions-answered", questions.callId()),
                known.plus(AFTER),
                SOURCE,
                asked.tenantId(),
                asked.leadId(),
                new QuestionsAnswered(
                        questions.callId(),
                        analysed.conversationId(),
                        AnswerReader.read(questions.questions(), analysed)));
    }

    /** The analyses of a lead, found by call or by conversation, whichever is known. */
    private record Analyses(Map<String, RecordedEvent> byCall, Map<String, RecordedEvent> byConversation) {

        static Analyses in(List<RecordedEvent> events) {
            Map<String, String> calls = new HashMap<>();
            Map<String, RecordedEvent> byConversation = new HashMap<>();
            for (RecordedEvent recorded : events) {
                switch (recorded.event()) {
                    case ConversationEvent.Started started
                    when started.callId() != null -> calls.put(started.conversationId(), started.callId());
                    case CallEvent.Turn turn -> calls.put(turn.conversationId(), turn.callId());
                    case Analysed analysed -> byConversation.put(analysed.conversationId(), recorded);
                    default -> {}
                }
            }
            Map<String, RecordedEvent> byCall = new HashMap<>();
            byConversation.values().stream().sorted(RecordedEvent.ORDER).forEach(recorded -> {
                Analysed analysed = (Analysed) recorded.event();
                @Nullable String callId = analysed.callId() == null ? calls.get(analysed.conversationId()) : analysed.callId();
                if (callId != null) {
                    // A call may have had two conversations, when its agent was lost; the last one has the last word.
                    byCall.put(callId, recorded);
                }
            });
            return new Analyses(byCall, byConversation);
        }

        Optional<RecordedEvent> of(QuestionsAsked questions) {
            RecordedEvent ofCall = byCall.get(questions.callId());
            return Optional.ofNullable(
                    ofCall != null || questions.conversationId() == null
                            ? ofCall
                            : byConversation.get(questions.conversationId()));
        }
    }
}
