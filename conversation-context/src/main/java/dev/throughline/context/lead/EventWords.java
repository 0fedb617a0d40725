package dev.throughline.context.lead;

import dev.throughline.events.AppointmentEvent;
import dev.throughline.events.CallEvent;
import dev.throughline.events.ChannelEvent;
import dev.throughline.events.ChatEvent;
import dev.throughline.events.ConferenceEvent;
import dev.throughline.events.ConversationEvent;
import dev.throughline.events.FollowUpEvent;
import dev.throughline.events.LeadEvent;
import dev.throughline.events.OperatorEvent;
import dev.throughline.events.SmsEvent;
import dev.throughline.events.ToolEvent;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What of an event stands in columns of its own: the words for the search and the provider's name for look-ups. Pure. */
public final class EventWords {

    /** PostgreSQL's tsvector holds at most 1 MB; this many characters stay below it whatever they are. */
    private static final int MOST_CHARACTERS = 100_000;

    private EventWords() {}

    /** The words said or written; null when there are none. */
    public static @Nullable String said(ChannelEvent event) {
        String words =
                switch (event) {
                    case CallEvent.Turn turn -> turn.text();
                    case CallEvent.QuestionsAnswered answered ->
                        answered.answers().stream()
                                .map(CallEvent.Answer::answer)
                                .filter(Objects::nonNull)
                                .collect(Collectors.joining("\n"));
                    case CallEvent other -> "";
                    case SmsEvent.Received text -> text.text();
                    case SmsEvent.Sent text -> text.text();
                    case SmsEvent other -> "";
                    case ChatEvent.Message message -> message.text();
                    case ConversationEvent.Analysed analysed ->
                        analysed.transcript().stream()
                                .map(ConversationEvent.FinalTurn::text)
                                .collect(Collectors.joining("\n"));
                    case ConversationEvent other -> "";
                    case OperatorEvent.Note note -> note.text();
                    case OperatorEvent.Whisper whisper -> whisper.text();
                    case OperatorEvent other -> "";
                    case AppointmentEvent change -> change.appointment().serviceName();
                    case ToolEvent other -> "";
                    case LeadEvent other -> "";
                    case FollowUpEvent other -> "";
                    case ConferenceEvent other -> "";
                    case ChannelEvent.Unknown unknown -> "";
                };
        String storable = storable(words);
        return storable.isBlank() ? null : storable.substring(0, Math.min(MOST_CHARACTERS, storable.length()));
    }

    /** MessageSid, CallSid, conversation_id or room: what another event of the same thing carries too; null when there is none. */
    public static @Nullable String reference(ChannelEvent event) {
        String name =
                switch (event) {
                    case CallEvent call -> call.callId();
                    case ConferenceEvent conference -> conference.room();
                    case SmsEvent.Received text -> text.messageSid();
                    case SmsEvent.Sent text -> text.messageSid();
                    case SmsEvent.StatusChanged text -> text.messageSid();
                    case ConversationEvent conversation -> conversation.conversationId();
                    case AppointmentEvent change -> change.appointment().id();
                    case SmsEvent other -> null;
                    case ChatEvent other -> null;
                    case OperatorEvent other -> null;
                    case ToolEvent other -> null;
                    case LeadEvent other -> null;
                    case FollowUpEvent other -> null;
                    case ChannelEvent.Unknown unknown -> null;
                };
        return name == null ? null : storable(name);
    }

    /** PostgreSQL's text holds no NUL character. */
    public static String storable(String text) {
        return text.indexOf('\0') < 0 ? text : text.replace('\0', ' ');
    }
}
