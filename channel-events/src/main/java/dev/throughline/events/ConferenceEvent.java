package dev.throughline.events;

import org.jspecify.annotations.Nullable;

/** What happens in a conference room. {@code room} is our room name, {@code conf-…}. */
public sealed interface ConferenceEvent extends ChannelEvent {

    /** The room's name. */
    String room();

    /** {@code conference.started}. */
    record Started(String room, @Nullable String conferenceSid) implements ConferenceEvent {}

    /**
     * {@code conference.participant-joined}.
     *
     * @param label unique in the room
     * @param role phone, browser or ai
     */
    record ParticipantJoined(String room, String label, String role) implements ConferenceEvent {}

    /** {@code conference.participant-left}. */
    record ParticipantLeft(
            String room,
            String label,
            String role,
            @Nullable String reason) implements ConferenceEvent {}

    /** {@code conference.ended}. */
    record Ended(String room, @Nullable String reason) implements ConferenceEvent {}
}
