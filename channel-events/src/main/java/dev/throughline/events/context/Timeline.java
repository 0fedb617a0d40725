package dev.throughline.events.context;

import dev.throughline.events.AppointmentEvent;
import dev.throughline.events.AppointmentEvent.Appointment;
import dev.throughline.events.CallEvent;
import dev.throughline.events.Channel;
import dev.throughline.events.ChannelEvent;
import dev.throughline.events.ChatEvent;
import dev.throughline.events.ConferenceEvent;
import dev.throughline.events.ConversationEvent;
import dev.throughline.events.EventIds;
import dev.throughline.events.FollowUpEvent;
import dev.throughline.events.LeadEvent;
import dev.throughline.events.OperatorEvent;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.SmsErrors;
import dev.throughline.events.SmsEvent;
import dev.throughline.events.Speaker;
import dev.throughline.events.ToolEvent;
import dev.throughline.events.context.TimelineEntry.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Turns events into the lines a person reads: delivery status joined to its text, a live call's provisional turns replaced by
 * the provider's final transcript. Pure, and independent of the order of its input.
 */
public final class Timeline {

    private static final Comparator<TimelineEntry> ORDER =
            Comparator.comparing(TimelineEntry::time).thenComparing(TimelineEntry::id);

    private final Set<String> analysed = new HashSet<>();
    /** Those of {@link #analysed} whose transcript stands in the timeline. */
    private final Set<String> transcribed = new HashSet<>();

    private final Map<String, Double> costs = new HashMap<>();
    private final Map<String, SmsEvent.StatusChanged> deliveries = new HashMap<>();

    private Timeline(Collection<RecordedEvent> events) {
        for (RecordedEvent recorded : events) {
            switch (recorded.event()) {
                case ConversationEvent.Analysed a -> {
                    if (!a.transcript().isEmpty()) {
                        analysed.add(a.conversationId());
                        if (a.channel() != Channel.SMS) {
                            transcribed.add(a.conversationId());
                        }
                    }
                    if (a.cost() != null) {
                        // Told twice with another figure, the higher one stands, whichever came first.
                        costs.merge(a.conversationId(), a.cost(), Math::max);
                    }
                }
                case SmsEvent.StatusChanged s ->
                    deliveries.merge(
                            s.messageSid(),
                            s,
                            (had, came) -> DeliveryStatus.rank(came.status()) > DeliveryStatus.rank(had.status())
                                    ? came
                                    : had);
                default -> {}
            }
        }
    }

    /** The lines of {@code events}, oldest first. */
    public static List<TimelineEntry> of(Collection<RecordedEvent> events) {
        Timeline timeline = new Timeline(events);
        return events.stream().flatMap(timeline::entries).sorted(ORDER).toList();
    }

    private Stream<TimelineEntry> entries(RecordedEvent recorded) {
        Line line = new Line(recorded);
        return switch (recorded.event()) {
            case CallEvent call -> call(line, call);
            case ConferenceEvent conference -> Stream.of(conference(line, conference));
            case SmsEvent sms -> sms(line, sms);
            // What a browser told of a conversation gives way to what the provider says of it.
            case ChatEvent.Message m
            when m.conversationId() != null && transcribed.contains(m.conversationId()) -> Stream.empty();
            case ChatEvent.Message m ->
                Stream.of(line.said(Channel.CHAT, Kind.MESSAGE, m.speaker(), m.text())
                        .in(m.conversationId(), null)
                        .entry());
            case ConversationEvent conversation -> conversation(line, conversation);
            case ToolEvent.Called t ->
                Stream.of(line.that(t.callId() == null ? Channel.SMS : Channel.VOICE, Kind.TOOL, tool(t))
                        .in(t.conversationId(), t.callId())
                        .status(t.success() ? "ok" : "refused")
                        .entry());
            case AppointmentEvent a -> Stream.of(appointment(line, a));
            case LeadEvent lead -> lead(line, lead);
            case FollowUpEvent f -> Stream.of(followUp(line, f));
            case OperatorEvent.Note n ->
                Stream.of(line.said(Channel.OPERATOR, Kind.NOTE, Speaker.OPERATOR, n.text())
                        .entry());
            case OperatorEvent.Whisper w ->
                Stream.of(line.said(Channel.OPERATOR, Kind.NOTE, Speaker.OPERATOR, "To the agent: " + w.text())
                        .entry());
            case OperatorEvent.TookOver t ->
                Stream.of(line.that(Channel.OPERATOR, Kind.NOTE, t.author() + " answers the texts now")
                        .entry());
            case OperatorEvent.GaveBack g ->
                Stream.of(line.that(Channel.OPERATOR, Kind.NOTE, "The agent answers the texts again")
                        .entry());
            case ChannelEvent.Unknown u -> Stream.empty();
        };
    }

    private Stream<TimelineEntry> call(Line line, CallEvent call) {
        return switch (call) {
            case CallEvent.Started s -> about(line, s, Kind.CALL, CallWords.started(s), "started");
            case CallEvent.Ended e -> about(line, e, Kind.CALL, CallWords.ended(e), e.status());
            case CallEvent.Turn t when analysed.contains(t.conversationId()) -> Stream.empty();
            case CallEvent.Turn t ->
                Stream.of(line.said(Channel.VOICE, Kind.TURN, t.speaker(), t.text())
                        .in(t.conversationId(), t.callId())
                        .provisional(t.interrupted())
                        .entry());
            case CallEvent.StatusChanged s -> Stream.empty();
            case CallEvent.Quality q when q.flight() == null -> Stream.empty();
            case CallEvent.Quality q -> {
                Double cost = q.conversationId() == null ? null : costs.get(q.conversationId());
                yield about(
                        line.detail(new TimelineDetail.Flight(q, cost)),
                        q,
                        Kind.QUALITY,
                        CallWords.quality(q, cost),
                        null);
            }
            case CallEvent.QuestionsAsked q ->
                about(
                        line.detail(new TimelineDetail.Questions(Questionnaire.open(q.questions()))),
                        q,
                        Kind.QUESTIONS,
                        CallWords.questions(q),
                        "asked");
            case CallEvent.QuestionsAnswered q ->
                about(
                        line.detail(new TimelineDetail.Questions(q.answers())),
                        q,
                        Kind.QUESTIONS,
                        CallWords.answers(q),
                        "answered");
            case CallEvent.AnsweredBy a ->
                CallWords.answeredBy(a).stream().flatMap(words -> about(line, a, Kind.CALL, words, "machine"));
            case CallEvent.MessageLeft m ->
                about(
                        line.detail(new TimelineDetail.Recording(m.recordingSid(), m.durationSeconds())),
                        m,
                        Kind.VOICE_MESSAGE,
                        CallWords.message(m),
                        null);
            case CallEvent.HandOver h ->
                about(line, h, Kind.HAND_OVER, CallWords.handOver(h), CallWords.stage(h.stage()));
        };
    }

    private static Stream<TimelineEntry> about(
            Line line, CallEvent call, Kind kind, String words, @Nullable String status) {
        return Stream.of(line.that(Channel.VOICE, kind, words)
                .in(null, call.callId())
                .status(status)
                .entry());
    }

    private static TimelineEntry conference(Line line, ConferenceEvent conference) {
        String what =
                switch (conference) {
                    case ConferenceEvent.Started s -> "Conference started";
                    case ConferenceEvent.ParticipantJoined j -> j.label() + " joined the conference";
                    case ConferenceEvent.ParticipantLeft l -> l.label() + " left the conference";
                    case ConferenceEvent.Ended e -> "Conference ended";
                };
        return line.that(Channel.VOICE, Kind.CONFERENCE, what).entry();
    }

    private Stream<TimelineEntry> sms(Line line, SmsEvent sms) {
        return switch (sms) {
            case SmsEvent.Received r ->
                Stream.of(line.said(Channel.SMS, Kind.MESSAGE, Speaker.CUSTOMER, r.text())
                        .status("received")
                        .entry());
            case SmsEvent.Sent s ->
                Stream.of(line.said(Channel.SMS, Kind.MESSAGE, s.author(), s.text())
                        .in(s.conversationId(), null)
                        .status(delivery(s.messageSid()))
                        .detail(whyNotDelivered(s.messageSid()))
                        .entry());
            case SmsEvent.Refused r ->
                Stream.of(line.said(Channel.SMS, Kind.MESSAGE, r.author(), r.text())
                        .status("failed")
                        .detail(new TimelineDetail.NotDelivered(r.reason()))
                        .entry());
            case SmsEvent.OptedOut o ->
                Stream.of(line.that(Channel.SMS, Kind.CONSENT, "Customer stopped texts (" + o.word() + ")")
                        .entry());
            case SmsEvent.OptedIn o ->
                Stream.of(line.that(Channel.SMS, Kind.CONSENT, "Customer allowed texts again (" + o.word() + ")")
                        .entry());
            case SmsEvent.StatusChanged s -> Stream.empty();
        };
    }

    private String delivery(String messageSid) {
        SmsEvent.StatusChanged last = deliveries.get(messageSid);
        return last == null ? "queued" : last.status();
    }

    private @Nullable TimelineDetail whyNotDelivered(String messageSid) {
        SmsEvent.StatusChanged last = deliveries.get(messageSid);
        if (last == null || last.errorCode() == null) {
            return null;
        }
        String reason = SmsErrors.reason(last.errorCode());
        return new TimelineDetail.NotDelivered(last.repeatAt() == null ? reason : reason + "; it is sent once more");
    }

    private static Stream<TimelineEntry> conversation(Line line, ConversationEvent conversation) {
        if (!(conversation instanceof ConversationEvent.Analysed a)) {
            return Stream.empty();
        }
        List<TimelineEntry> entries = new ArrayList<>();
        // A text conversation's turns are on the timeline already, as the texts themselves.
        if (a.channel() != Channel.SMS) {
            for (int i = 0; i < a.transcript().size(); i++) {
                entries.add(finalTurn(a, i));
            }
        }
        if (a.summary() != null) {
            entries.add(line.that(a.channel(), Kind.SUMMARY, a.summary())
                    .in(a.conversationId(), a.callId())
                    .status(a.successful())
                    .entry());
        }
        return entries.stream();
    }

    private static TimelineEntry finalTurn(ConversationEvent.Analysed a, int index) {
        ConversationEvent.FinalTurn turn = a.transcript().get(index);
        // Offsets are whole seconds; the microseconds keep turns of one second in the provider's order.
        Instant time = a.startedAt().plusSeconds(turn.offsetSeconds()).plusNanos(index * 1_000L);
        return new TimelineEntry(
                EventIds.of("timeline.turn", a.conversationId(), index),
                time,
                a.channel(),
                Kind.TURN,
                turn.speaker(),
                turn.text(),
                a.conversationId(),
                a.callId(),
                false,
                turn.interrupted(),
                null,
                turn.unheard() == null ? null : TimelineDetail.Unheard.after(turn.text(), turn.unheard()));
    }

    private static TimelineEntry appointment(Line line, AppointmentEvent event) {
        Appointment a = event.appointment();
        String verb =
                switch (event) {
                    case AppointmentEvent.Booked b -> "Booked";
                    case AppointmentEvent.Rescheduled r -> "Rescheduled";
                    case AppointmentEvent.Cancelled c -> "Cancelled";
                };
        return line.that(
                        Channel.OPERATOR,
                        Kind.APPOINTMENT,
                        verb + ": " + a.serviceName() + " with " + a.employeeName() + " at " + a.start())
                .status(a.status())
                .entry();
    }

    private static Stream<TimelineEntry> lead(Line line, LeadEvent lead) {
        return switch (lead) {
            case LeadEvent.Scored s ->
                Stream.of(line.that(Channel.OPERATOR, Kind.SCORE, "Lead score " + s.score())
                        .entry());
            case LeadEvent.ProfileChanged p
            when p.name() != null ->
                Stream.of(line.that(Channel.OPERATOR, Kind.LEAD, "Name: " + p.name())
                        .entry());
            case LeadEvent.ProfileChanged p -> Stream.empty();
            case LeadEvent.Linked l ->
                Stream.of(line.that(Channel.OPERATOR, Kind.LEAD, "Joined with another contact of the same person")
                        .entry());
            case LeadEvent.Unlinked l ->
                Stream.of(line.that(Channel.OPERATOR, Kind.LEAD, "Not joined with another contact any more")
                        .entry());
        };
    }

    private static TimelineEntry followUp(Line line, FollowUpEvent event) {
        String what =
                switch (event) {
                    case FollowUpEvent.Scheduled s -> "Follow-up planned: " + s.what() + " (" + s.why() + ")";
                    case FollowUpEvent.Done d -> "Follow-up done: " + d.what();
                    case FollowUpEvent.Skipped s -> "Follow-up skipped: " + s.why();
                };
        return line.that(Channel.OPERATOR, Kind.FOLLOW_UP, what).entry();
    }

    private static String tool(ToolEvent.Called t) {
        return t.tool() + ": " + t.outcome();
    }

    /** Builds one entry of an event. */
    private static final class Line {
        private final RecordedEvent recorded;
        private Channel channel = Channel.OPERATOR;
        private Kind kind = Kind.NOTE;
        private @Nullable Speaker speaker;
        private String text = "";
        private @Nullable String conversationId;
        private @Nullable String callId;
        private boolean provisional;
        private boolean interrupted;
        private @Nullable String status;
        private @Nullable TimelineDetail detail;

        Line(RecordedEvent recorded) {
            this.recorded = recorded;
        }

        Line that(Channel channel, Kind kind, String text) {
            this.channel = channel;
            this.kind = kind;
            this.text = text;
            return this;
        }

        Line said(Channel channel, Kind kind, Speaker speaker, String text) {
            this.speaker = speaker;
            return that(channel, kind, text);
        }

        Line in(@Nullable String conversationId, @Nullable String callId) {
            this.conversationId = conversationId;
            this.callId = callId;
            return this;
        }

        Line provisional(boolean interrupted) {
            this.provisional = true;
            this.interrupted = interrupted;
            return this;
        }

        Line status(@Nullable String status) {
            this.status = status;
            return this;
        }

        Line detail(@Nullable TimelineDetail detail) {
            this.detail = detail;
            return this;
        }

        TimelineEntry entry() {
            return new TimelineEntry(
                    recorded.id(),
                    recorded.time(),
                    channel,
                    kind,
                    speaker,
                    text,
                    conversationId,
                    callId,
                    provisional,
                    interrupted,
                    status,
                    detail);
        }
    }
}
