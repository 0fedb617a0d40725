package dev.throughline.events;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One kind of thing that can happen to a lead. Sealed, so that a new kind is flagged by the compiler at every place that
 * reads events. The envelope (id, time, tenant, lead) is {@link RecordedEvent}; an event holds only its own facts.
 */
public sealed interface ChannelEvent
        permits CallEvent,
                ConferenceEvent,
                SmsEvent,
                ChatEvent,
                ConversationEvent,
                ToolEvent,
                AppointmentEvent,
                LeadEvent,
                FollowUpEvent,
                OperatorEvent,
                ChannelEvent.Unknown {

    /**
     * An event of a type this version does not know, kept as it came so that it passes through untouched.
     *
     * @param type the CloudEvents type
     * @param data the JSON value
     */
    record Unknown(String type, JsonNode data) implements ChannelEvent {}
}
