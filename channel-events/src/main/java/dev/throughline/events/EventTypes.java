package dev.throughline.events;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The names of the event types (CloudEvents {@code type}) and the records they stand for. */
public final class EventTypes {

    private static final Map<String, Class<? extends ChannelEvent>> RECORDS = Map.ofEntries(
            Map.entry("call.started", CallEvent.Started.class),
            Map.entry("call.status-changed", CallEvent.StatusChanged.class),
            Map.entry("call.ended", CallEvent.Ended.class),
            Map.entry("call.turn", CallEvent.Turn.class),
            Map.entry("call.quality", CallEvent.Quality.class),
            Map.entry("call.questions-asked", CallEvent.QuestionsAsked.class),
            Map.entry("call.questions-answered", CallEvent.QuestionsAnswered.class),
            Map.entry("call.answered-by", CallEvent.AnsweredBy.class),
            Map.entry("call.message-left", CallEvent.MessageLeft.class),
            Map.entry("call.hand-over", CallEvent.HandOver.class),
            Map.entry("conference.started", ConferenceEvent.Started.class),
            Map.entry("conference.participant-joined", ConferenceEvent.ParticipantJoined.class),
            Map.entry("conference.participant-left", ConferenceEvent.ParticipantLeft.class),
            Map.entry("conference.ended", ConferenceEvent.Ended.class),
            Map.entry("sms.received", SmsEvent.Received.class),
            Map.entry("sms.sent", SmsEvent.Sent.class),
            Map.entry("sms.status-changed", SmsEvent.StatusChanged.class),
            Map.entry("sms.refused", SmsEvent.Refused.class),
            Map.entry("sms.opted-out", SmsEvent.OptedOut.class),
            Map.entry("sms.opted-in", SmsEvent.OptedIn.class),
            Map.entry("chat.message", ChatEvent.Message.class),
            Map.entry("conversation.started", ConversationEvent.Started.class),
            Map.entry("conversation.ended", ConversationEvent.Ended.class),
            Map.entry("conversation.analysed", ConversationEvent.Analysed.class),
            Map.entry("agent.tool-called", ToolEvent.Called.class),
            Map.entry("appointment.booked", AppointmentEvent.Booked.class),
            Map.entry("appointment.rescheduled", AppointmentEvent.Rescheduled.class),
            Map.entry("appointment.cancelled", AppointmentEvent.Cancelled.class),
            Map.entry("lead.linked", LeadEvent.Linked.class),
            Map.entry("lead.unlinked", LeadEvent.Unlinked.class),
            Map.entry("lead.profile-changed", LeadEvent.ProfileChanged.class),
            Map.entry("lead.scored", LeadEvent.Scored.class),
            Map.entry("follow-up.scheduled", FollowUpEvent.Scheduled.class),
            Map.entry("follow-up.done", FollowUpEvent.Done.class),
            Map.entry("follow-up.skipped", FollowUpEvent.Skipped.class),
            Map.entry("operator.note", OperatorEvent.Note.class),
            Map.entry("operator.whisper", OperatorEvent.Whisper.class),
            Map.entry("operator.took-over", OperatorEvent.TookOver.class),
            Map.entry("operator.gave-back", OperatorEvent.GaveBack.class));

    private EventTypes() {}

    /** Every type this version knows. */
    public static Set<String> all() {
        return RECORDS.keySet();
    }

    /** The record of a type; empty for a type this version does not know. */
    public static Optional<Class<? extends ChannelEvent>> recordOf(String type) {
        return Optional.ofNullable(RECORDS.get(type));
    }

    /** The type of an event. */
    public static String nameOf(ChannelEvent event) {
        return switch (event) {
            case CallEvent.Started e -> "call.started";
            case CallEvent.StatusChanged e -> "call.status-changed";
            case CallEvent.Ended e -> "call.ended";
            case CallEvent.Turn e -> "call.turn";
            case CallEvent.Quality e -> "call.quality";
            case CallEvent.QuestionsAsked e -> "call.questions-asked";
            case CallEvent.QuestionsAnswered e -> "call.questions-answered";
            case CallEvent.AnsweredBy e -> "call.answered-by";
            case CallEvent.MessageLeft e -> "call.message-left";
            case CallEvent.HandOver e -> "call.hand-over";
            case ConferenceEvent.Started e -> "conference.started";
            case ConferenceEvent.ParticipantJoined e -> "conference.participant-joined";
            case ConferenceEvent.ParticipantLeft e -> "conference.participant-left";
            case ConferenceEvent.Ended e -> "conference.ended";
            case SmsEvent.Received e -> "sms.received";
            case SmsEvent.Sent e -> "sms.sent";
            case SmsEvent.StatusChanged e -> "sms.status-changed";
            case SmsEvent.Refused e -> "sms.refused";
            case SmsEvent.OptedOut e -> "sms.opted-out";
            case SmsEvent.OptedIn e -> "sms.opted-in";
            case ChatEvent.Message e -> "chat.message";
            case ConversationEvent.Started e -> "conversation.started";
            case ConversationEvent.Ended e -> "conversation.ended";
            case ConversationEvent.Analysed e -> "conversation.analysed";
            case ToolEvent.Called e -> "agent.tool-called";
            case AppointmentEvent.Booked e -> "appointment.booked";
            case AppointmentEvent.Rescheduled e -> "appointment.rescheduled";
            case AppointmentEvent.Cancelled e -> "appointment.cancelled";
            case LeadEvent.Linked e -> "lead.linked";
            case LeadEvent.Unlinked e -> "lead.unlinked";
            case LeadEvent.ProfileChanged e -> "lead.profile-changed";
            case LeadEvent.Scored e -> "lead.scored";
            case FollowUpEvent.Scheduled e -> "follow-up.scheduled";
            case FollowUpEvent.Done e -> "follow-up.done";
            case FollowUpEvent.Skipped e -> "follow-up.skipped";
            case OperatorEvent.Note e -> "operator.note";
            case OperatorEvent.Whisper e -> "operator.whisper";
            case OperatorEvent.TookOver e -> "operator.took-over";
            case OperatorEvent.GaveBack e -> "operator.gave-back";
            case ChannelEvent.Unknown e -> e.type();
        };
    }
}
