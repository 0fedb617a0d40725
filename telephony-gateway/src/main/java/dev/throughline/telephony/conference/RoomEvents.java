package dev.throughline.telephony.conference;

import dev.throughline.events.ConferenceEvent;
import dev.throughline.events.EventIds;
import dev.throughline.events.EventTypes;
import dev.throughline.events.RecordedEvent;
import dev.throughline.telephony.conference.Room.Told;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The events of rooms. One id per room, or room and leg, and kind: a step taken twice is one event, and so is one that was told both with
 * the database and without it. Pure.
 */
final class RoomEvents {

    private static final String SOURCE = "telephony-gateway";

    private RoomEvents() {}

    /** As a room's step tells it. */
    static RecordedEvent of(RoomAddress room, Told told) {
        String type = EventTypes.nameOf(told.event());
        UUID id = told.leg() == null ? EventIds.of(type, room.name()) : EventIds.of(type, room.name(), told.leg());
        return new RecordedEvent(id, told.at(), SOURCE, room.tenantId(), room.leadId(), told.event());
    }

    /**
     * As far as a callback alone tells it: who a participant is, is taken from the label.
     *
     * @param conferenceSid empty when it was not told
     */
    static List<RecordedEvent> of(RoomAddress room, String conferenceSid, RoomReport report) {
        return told(room.name(), conferenceSid, report).map(told -> of(room, told)).stream()
                .toList();
    }

    private static Optional<Told> told(String room, String conferenceSid, RoomReport report) {
        return Optional.ofNullable(
                switch (report) {
                    case RoomReport.Started started ->
                        new Told(
                                new ConferenceEvent.Started(room, conferenceSid.isBlank() ? null : conferenceSid),
                                null,
                                started.at());
                    case RoomReport.Ended ended ->
                        new Told(new ConferenceEvent.Ended(room, reason(ended.reason())), null, ended.at());
                    case RoomReport.Joined joined ->
                        new Told(
                                new ConferenceEvent.ParticipantJoined(room, joined.label(), role(joined)),
                                joined.callSid(),
                                joined.at());
                    case RoomReport.Left left ->
                        new Told(
                                new ConferenceEvent.ParticipantLeft(
                                        room, left.label(), role(left), reason(left.reason())),
                                left.callSid(),
                                left.at());
                    case RoomReport.Changed ignored -> null;
                });
    }

    /** In one spelling: Twilio writes some reasons with hyphens, others with underscores. */
    static @Nullable String reason(@Nullable String twilios) {
        return twilios == null ? null : twilios.replace('_', '-');
    }

    private static String role(RoomReport.OfParticipant report) {
        return Role.ofLabel(report.label()).wire();
    }
}
