package dev.throughline.telephony.conference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.events.ChannelEvent;
import dev.throughline.events.ConferenceEvent;
import dev.throughline.events.RecordedEvent;
import dev.throughline.telephony.conference.Room.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RoomTest {

    private static final Instant NOW = Instant.parse("2026-11-21T00:26:20Z");
    private static final String PHONE_LEG = "CA0000000000000000000000000000000a";
    private static final String BROWSER_LEG = "CA0000000000000000000000000000000b";
    private static final String AGENT_LEG = "CA0000000000000000000000000000000c";

    private static final List<RoomReport> STORY = List.of(
            joined(PHONE_LEG, "phone", 1),
            joined(AGENT_LEG, "ai", 2),
            new RoomReport.Started(at(2)),
            joined(BROWSER_LEG, "browser", 3),
            new RoomReport.Changed(at(4), BROWSER_LEG, "browser", true, false, 4),
            left(BROWSER_LEG, "browser", 5),
            left(PHONE_LEG, "phone", 6),
            left(AGENT_LEG, "ai", 7),
            new RoomReport.Ended(at(8), "last-participant-left"));

    @Test
    void shouldInviteTheAgentOnceAHumanIsThereToHearIt() {
        Step joined = room("agent_1").after(joined(PHONE_LEG, "phone", 1), UUID::randomUUID);

        assertThat(joined.tasks()).containsExactly(new RoomTask.InviteAgent());
        assertThat(joined.room().labelled("ai").orElseThrow().standing()).isEqualTo(Participant.Standing.INVITED);
        assertThat(joined.room()
                        .after(joined(BROWSER_LEG, "browser", 2), UUID::randomUUID)
                        .tasks())
                .isEmpty();
    }

    @Test
    void shouldInviteNobodyWhereNoAgentIsWanted() {
        assertThat(room(null)
                        .after(joined(PHONE_LEG, "phone", 1), UUID::randomUUID)
                        .tasks())
                .isEmpty();
    }

    @Test
    void shouldEndWhenTheLastHumanLeaves() {
        Room both = after(room("agent_1"), joined(PHONE_LEG, "phone", 1), joined(BROWSER_LEG, "browser", 2));

        Step first = both.after(left(PHONE_LEG, "phone", 3), UUID::randomUUID);
        Step last = first.room().after(left(BROWSER_LEG, "browser", 4), UUID::randomUUID);

        assertThat(first.tasks()).isEmpty();
        assertThat(last.tasks()).containsExactly(new RoomTask.End());
    }

    @Test
    void shouldEndWhenTheOnlyPhoneIsNotPickedUp() {
        Room planned = room("agent_1");
        UUID phone = planned.participants().getFirst().id();

        Step absent = planned.afterAbsence(phone, at(30), "no-answer", UUID::randomUUID);

        assertThat(absent.tasks()).containsExactly(new RoomTask.End());
        assertThat(absent.events()).isEmpty();
    }

    @Test
    void shouldEndARoomSomebodyEntersAfterItWasToEnd() {
        Room ending = room(null)
                .afterAbsence(room(null).participants().getFirst().id(), at(1), "unclear", UUID::randomUUID)
                .room()
                .ending(at(1));

        assertThat(ending.after(joined(PHONE_LEG, "phone", 2), UUID::randomUUID).tasks())
                .containsExactly(new RoomTask.End());
    }

    @Test
    void shouldLeaveNobodyAlone() {
        Duration patience = Duration.ofMinutes(2);
        Room alone = after(room(null), joined(PHONE_LEG, "phone", 1));

        assertThat(RoomWatch.overdue(alone, at(60), patience)).isEmpty();
        assertThat(RoomWatch.overdue(alone, at(200), patience)).containsExactly(new RoomTask.End());
        assertThat(RoomWatch.overdue(after(alone, joined(BROWSER_LEG, "browser", 2)), at(9_000), patience))
                .isEmpty();
    }

    @Test
    void shouldAskAgainWhenTheEndWasAskedForInVain() {
        Room ending = after(room(null), joined(PHONE_LEG, "phone", 1), left(PHONE_LEG, "phone", 2));

        assertThat(RoomWatch.overdue(ending, at(10), Duration.ofMinutes(2))).isEmpty();
        assertThat(RoomWatch.overdue(ending, at(200), Duration.ofMinutes(2))).containsExactly(new RoomTask.Close());
    }

    @Test
    void shouldCallAnAgentWhoseCallerIsGone() {
        Room human = after(room("agent_1"), joined(PHONE_LEG, "phone", 1));
        Duration patience = Duration.ofMinutes(2);

        assertThat(RoomWatch.overdue(human, at(3), patience)).isEmpty();
        assertThat(RoomWatch.overdue(human, at(10), patience)).containsExactly(new RoomTask.InviteAgent());
        assertThat(RoomWatch.overdue(after(human, joined(AGENT_LEG, "ai", 2)), at(10), patience))
                .isEmpty();
    }

    @Test
    void shouldAskAboutARoomThatIsOldEnoughForLostCallbacks() {
        Duration patience = Duration.ofMinutes(2);
        Room both = after(room(null), joined(PHONE_LEG, "phone", 1), joined(BROWSER_LEG, "browser", 2));

        assertThat(RoomWatch.doubtful(both, at(60), patience)).isFalse();
        assertThat(RoomWatch.doubtful(both, at(200), patience)).isTrue();
        assertThat(RoomWatch.doubtful(both.ended(at(3), null), at(200), patience))
                .isFalse();
    }

    @Test
    void shouldTellTheSameEventsFromACallbackAloneAsFromTheRoom() {
        Room room = room(null);
        for (RoomReport report : STORY) {
            Step step = room.after(report, UUID::randomUUID);
            List<UUID> alone = RoomEvents.of(RoomAddress.of(room), "CF1", report).stream()
                    .map(RecordedEvent::id)
                    .toList();
            List<UUID> known = step.events().stream()
                    .map(told ->
                            RoomEvents.of(RoomAddress.of(room("agent_1")), told).id())
                    .toList();
            // The first join starts the room too, which the callback of the start tells by itself.
            assertThat(known.isEmpty() || known.containsAll(alone)).isTrue();
            room = step.room();
        }
    }

    @Test
    void shouldTakeTheEndOfACallForTheOneThatIsAwaitedOnIt() {
        Room absent = room(null)
                .afterAbsence(room(null).participants().getFirst().id(), at(1), "busy", UUID::randomUUID)
                .room();
        Room again = absent.with(Participant.invited(new UUID(1, 2), "phone", Role.PHONE, null, at(2)));

        assertThat(again.expected("phone", PHONE_LEG).orElseThrow().id()).isEqualTo(new UUID(1, 1));
        assertThat(again.expected("phone", BROWSER_LEG).orElseThrow().id()).isEqualTo(new UUID(1, 2));
        assertThat(again.with(new UUID(1, 2), one -> one.on(AGENT_LEG)).expected("phone", BROWSER_LEG))
                .isEmpty();
    }

    @Test
    void shouldTakeWhoIsStillThereOutOfARoomThatEnded() {
        Room ended = after(room(null), joined(PHONE_LEG, "phone", 1), new RoomReport.Ended(at(2), null));

        assertThat(ended.labelled("phone").orElseThrow().standing()).isEqualTo(Participant.Standing.LEFT);
    }

    @Test
    void shouldKeepTheNewestMuteWhateverTheOrder() {
        Room later = after(
                room(null),
                joined(PHONE_LEG, "phone", 1),
                new RoomReport.Changed(at(3), PHONE_LEG, "phone", false, true, 3),
                new RoomReport.Changed(at(2), PHONE_LEG, "phone", true, false, 2));

        Participant phone = later.labelled("phone").orElseThrow();
        assertThat(phone.muted()).isFalse();
        assertThat(phone.onHold()).isTrue();
    }

    @Test
    void shouldFreeALabelWhenItsParticipantIsGone() {
        Room there = after(room(null), joined(PHONE_LEG, "phone", 1));

        assertThat(there.freeLabel("phone")).isEqualTo("phone-2");
        assertThat(after(there, left(PHONE_LEG, "phone", 2)).freeLabel("phone")).isEqualTo("phone");
    }

    /** Any order and any repeats of the same callbacks tell the same story. */
    @Property(tries = 300)
    void shouldTellTheSameStoryInAnyOrder(@ForAll("deliveries") List<RoomReport> delivered) {
        Room room = room(null);
        List<ChannelEvent> told = new ArrayList<>();
        for (RoomReport report : delivered) {
            Step step = room.after(report, UUID::randomUUID);
            step.events().forEach(one -> told.add(one.event()));
            room = step.room();
        }

        assertThat(told).filteredOn(ConferenceEvent.Started.class::isInstance).hasSize(1);
        assertThat(told).filteredOn(ConferenceEvent.Ended.class::isInstance).hasSize(1);
        assertThat(told.stream()
                        .filter(ConferenceEvent.ParticipantJoined.class::isInstance)
                        .map(event -> ((ConferenceEvent.ParticipantJoined) event).label()))
                .containsExactlyInAnyOrder("phone", "ai", "browser");
        assertThat(told.stream()
                        .filter(ConferenceEvent.ParticipantLeft.class::isInstance)
                        .map(event -> ((ConferenceEvent.ParticipantLeft) event).label()))
                .containsExactlyInAnyOrder("phone", "ai", "browser");
        assertThat(room.participants()).allMatch(one -> one.standing() == Participant.Standing.LEFT);
        assertThat(room.ended()).isTrue();
    }

    @Provide
    Arbitrary<List<RoomReport>> deliveries() {
        List<RoomReport> twice = new ArrayList<>(STORY);
        twice.addAll(STORY);
        return Arbitraries.shuffle(twice);
    }

    private static Room room(@Nullable String agent) {
        UUID id = new UUID(1, 1);
        return Room.planned("conf-7f3a", new UUID(2, 2), new UUID(3, 3), agent, NOW)
                .with(Participant.invited(id, "phone", Role.PHONE, PHONE_LEG, NOW));
    }

    private static Room after(Room room, RoomReport... reports) {
        Room now = room;
        for (RoomReport report : reports) {
            now = now.after(report, UUID::randomUUID).room();
        }
        return now;
    }

    private static RoomReport joined(String leg, String label, int sequence) {
        return new RoomReport.Joined(at(sequence), leg, label, false, false, sequence);
    }

    private static RoomReport left(String leg, String label, int sequence) {
        return new RoomReport.Left(at(sequence), leg, label, false, false, sequence, "participant_hung_up");
    }

    private static Instant at(int second) {
        return NOW.plusSeconds(second);
    }
}
