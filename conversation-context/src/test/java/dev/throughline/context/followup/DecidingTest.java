package dev.throughline.context.followup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.context.followup.Decision.Cancel;
import dev.throughline.context.followup.Decision.Fail;
import dev.throughline.context.followup.Decision.Schedule;
import dev.throughline.context.followup.FollowUp.State;
import dev.throughline.context.testing.Story;
import dev.throughline.events.CallEvent;
import dev.throughline.events.FollowUpEvent;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.SmsEvent;
import dev.throughline.events.Speaker;
import dev.throughline.events.context.LeadContext;
import dev.throughline.events.tenant.FollowUpChannel;
import dev.throughline.events.tenant.FollowUpSettings;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.events.tenant.TextSettings.OnFailure;
import dev.throughline.events.tenant.TextSettings.QuietHours;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class DecidingTest {

    private static final Deciding.Limits LIMITS = new Deciding.Limits(Duration.ofHours(2), Duration.ofHours(1));
    private static final String NUMBER = "+12025550142";

    private final Tenant salon = Cases.tenant("+12025550100", Cases.ALL);
    private final Story anna = Story.of(salon.id(), NUMBER);

    @Test
    void shouldTextBackAMissedCallOnceAndNotWhereTheCustomerWasFaster() {
        Ledger ledger = new Ledger(salon, anna);
        ledger.hear(anna.calls());
        assertThat(ledger.open()).isEmpty();
        RecordedEvent ended = anna.hangsUp();
        ledger.hear(ended);

        assertThat(ledger.open()).singleElement().satisfies(text -> {
            assertThat(text.channel()).isEqualTo(FollowUpChannel.TEXT);
            assertThat(text.dueAt()).isEqualTo(ended.time().plus(Duration.ofMinutes(2)));
            assertThat(text.reason()).isInstanceOf(Reason.MissedCall.class);
        });
        ledger.hear(anna.texts("Hello?"));
        assertThat(ledger.open()).isEmpty();
        assertThat(ledger.cancelled()).containsExactly("the customer texted");
    }

    @Test
    void shouldNotTextBackACallSomebodySpokeWith() {
        Ledger ledger = new Ledger(salon, anna);
        ledger.hear(anna.calls(), anna.says(0, Speaker.AGENT, "Hello!"), anna.hangsUp());

        assertThat(ledger.open()).singleElement().satisfies(nudge -> assertThat(nudge.reason())
                .isInstanceOf(Reason.CallWithoutBooking.class));
        ledger.hear(Cases.booked(anna, "a-1", soon(72)));
        assertThat(ledger.open()).allSatisfy(left -> assertThat(left.reason()).isInstanceOf(Reason.Reminder.class));
        assertThat(ledger.cancelled()).containsExactly("an appointment is booked");
    }

    @Test
    void shouldTakeACallElevenLabsAnsweredForAnswered() {
        Ledger ledger = new Ledger(salon, anna);
        ledger.hear(
                anna.event(
                        new CallEvent.Started(
                                anna.callId(),
                                CallEvent.Direction.INBOUND,
                                CallEvent.Path.NATIVE,
                                NUMBER,
                                Story.BUSINESS),
                        anna.callId()),
                anna.hangsUp());
        assertThat(ledger.open()).isEmpty();
    }

    @Test
    void shouldTextBackACallThatMetNoAgentUnlessTheBusinessTookItItself() {
        RecordedEvent rung = anna.event(
                new CallEvent.Started(
                        anna.callId(), CallEvent.Direction.INBOUND, CallEvent.Path.DIRECT, NUMBER, Story.BUSINESS),
                anna.callId());
        Ledger closed = new Ledger(salon, anna);
        closed.hear(rung, endedWith(CallEvent.SpokeWith.NOBODY));
        assertThat(closed.open()).singleElement().satisfies(text -> assertThat(text.reason())
                .isInstanceOf(Reason.MissedCall.class));

        Ledger taken = new Ledger(salon, anna);
        taken.hear(rung, endedWith(CallEvent.SpokeWith.HUMAN));
        assertThat(taken.open()).isEmpty();
        // The agent was away, and the business took the call in its place.
        Ledger inItsPlace = new Ledger(salon, anna);
        inItsPlace.hear(anna.calls(), endedWith(CallEvent.SpokeWith.HUMAN));
        assertThat(inItsPlace.open()).isEmpty();
    }

    private RecordedEvent endedWith(CallEvent.SpokeWith whom) {
        return anna.event(new CallEvent.Ended(anna.callId(), "completed", 9, null, whom), anna.callId());
    }

    @Test
    void shouldMoveRemindersWithTheAppointment() {
        Ledger ledger = new Ledger(salon, anna);
        Instant start = soon(72);
        ledger.hear(anna.texts("Hi"), Cases.booked(anna, "a-1", start));
        assertThat(due(ledger)).containsExactly(start.minus(24, ChronoUnit.HOURS), start.minus(2, ChronoUnit.HOURS));

        Instant later = start.plus(48, ChronoUnit.HOURS);
        ledger.hear(Cases.moved(anna, "a-1", 2, start, later));
        assertThat(due(ledger)).containsExactly(later.minus(24, ChronoUnit.HOURS), later.minus(2, ChronoUnit.HOURS));

        // Back again: reminders of that time were cancelled, and come back all the same.
        ledger.hear(Cases.moved(anna, "a-1", 3, later, start));
        assertThat(due(ledger)).containsExactly(start.minus(24, ChronoUnit.HOURS), start.minus(2, ChronoUnit.HOURS));

        ledger.hear(Cases.cancelled(anna, "a-1", 4, start));
        assertThat(ledger.open()).isEmpty();
    }

    @Test
    void shouldNotRemindOfWhatIsSoNear() {
        Ledger ledger = new Ledger(salon, anna);
        ledger.hear(anna.texts("Hi"), Cases.booked(anna, "a-1", soon(20)));
        assertThat(ledger.open()).hasSize(1);
    }

    @Test
    void shouldScheduleNothingForWhatIsLongOverOrHasNoNumberOrWantsNoTexts() {
        Ledger late = new Ledger(salon, anna);
        late.now = Instant.now().plus(Duration.ofHours(5));
        late.hear(anna.calls(), anna.hangsUp());
        assertThat(late.open()).isEmpty();

        Story silent = Story.of(salon.id(), "+12025550143");
        Ledger stopped = new Ledger(salon, silent);
        stopped.hear(
                silent.event(new SmsEvent.OptedOut("+12025550143", "STOP"), "stop"), silent.calls(), silent.hangsUp());
        assertThat(stopped.open()).isEmpty();

        Tenant quiet = Cases.tenant("+12025550101", FollowUpSettings.none());
        Story other = Story.of(quiet.id(), NUMBER);
        Ledger without = new Ledger(quiet, other);
        without.hear(other.calls(), other.hangsUp());
        assertThat(without.open()).isEmpty();
    }

    @Test
    void shouldLeaveAloneWhatWasToldToBeOverBeforeThisDatabaseWasMade() {
        Ledger before = new Ledger(salon, anna);
        List<RecordedEvent> call = List.of(anna.calls(), anna.hangsUp());
        before.hear(call.toArray(RecordedEvent[]::new));
        String id = before.open().getFirst().id().toString();
        RecordedEvent done = anna.event(new FollowUpEvent.Done(id, "text"), id);

        Ledger fresh = new Ledger(salon, anna);
        fresh.hear(call.get(0), call.get(1), done);
        assertThat(fresh.scheduled).isEmpty();
        Ledger oneByOne = new Ledger(salon, anna);
        oneByOne.hear(call.get(0));
        oneByOne.hear(call.get(1));
        oneByOne.hear(done);
        assertThat(oneByOne.open()).isEmpty();
    }

    @Test
    void shouldTextWhoeverCallsOftenOnceAndWhomTheBusinessHasBlockedNever() {
        Ledger ledger = new Ledger(salon, anna);
        ledger.hear(anna.calls(), anna.hangsUp());
        ledger.states.put(ledger.open().getFirst().id(), State.DONE);
        ledger.hear(anna.event(
                new SmsEvent.Sent(
                        "SM1", Story.BUSINESS, NUMBER, "Sorry", 1, Speaker.AGENT, null, null, "follow-up", "k", null),
                "SM1"));
        String again = "CA-again";
        ledger.hear(
                anna.event(
                        new CallEvent.Started(
                                again, CallEvent.Direction.INBOUND, CallEvent.Path.BRIDGE, NUMBER, Story.BUSINESS),
                        again),
                anna.event(new CallEvent.Ended(again, "completed", 3, null), again));
        assertThat(ledger.scheduled).hasSize(1);

        Tenant blocking = Cases.blocking(salon, NUMBER);
        Ledger blocked = new Ledger(blocking, anna);
        blocked.hear(anna.calls(), anna.hangsUp());
        assertThat(blocked.open()).isEmpty();
    }

    @Test
    void shouldPutOffToTheEndOfQuietHours() {
        Tenant quiet =
                Cases.tenant("+12025550102", Cases.ALL, new QuietHours("00:00", "23:59"), OnFailure.NOTHING, null);
        Story other = Story.of(quiet.id(), NUMBER);
        Ledger ledger = new Ledger(quiet, other);
        ledger.hear(other.calls(), other.hangsUp());

        assertThat(ledger.open()).singleElement().satisfies(text -> assertThat(
                        text.dueAt().atZone(quiet.zone()).toLocalTime())
                .hasToString("23:59"));
    }

    @Test
    void shouldRaiseTheNextChannelOnceWhenATextFailsForGood() {
        Tenant calling = Cases.tenant("+12025550103", Cases.ALL, null, OnFailure.CALL, null);
        Story other = Story.of(calling.id(), NUMBER);
        Ledger ledger = new Ledger(calling, other);
        ledger.hear(other.calls(), other.hangsUp());
        FollowUp text = ledger.open().getFirst();
        ledger.states.put(text.id(), State.DONE);

        ledger.hear(status(other, text, "undelivered", Instant.now().plusSeconds(60)));
        assertThat(ledger.open()).isEmpty();
        ledger.hear(status(other, text, "undelivered", null));
        ledger.hear(status(other, text, "failed", null));

        assertThat(ledger.open()).singleElement().satisfies(call -> {
            assertThat(call.channel()).isEqualTo(FollowUpChannel.CALL);
            assertThat(call.questions()).containsExactly("How can we help?");
            assertThat(call.raisedBy()).isEqualTo(text.id());
        });
        assertThat(ledger.states.get(text.id())).isEqualTo(State.FAILED);
        // A call has no next channel.
        ledger.states.put(ledger.open().getFirst().id(), State.DONE);
        assertThat(ledger.scheduled).hasSize(2);
    }

    /** Whatever the order and however often: each is scheduled at most once, and what is left to be done is the same. */
    @Property(tries = 300)
    void shouldComeToTheSameWhateverTheOrder(@ForAll long seed) {
        Random random = new Random(seed);
        Tenant tenant = Cases.tenant("+12025550104", Cases.ALL);
        Story story = Story.of(tenant.id(), NUMBER);
        List<RecordedEvent> happened = history(story, random);
        Ledger inOrder = new Ledger(tenant, story);
        happened.forEach(inOrder::hear);

        List<RecordedEvent> shuffled = new ArrayList<>(happened);
        shuffled.addAll(happened.subList(0, random.nextInt(happened.size() + 1)));
        Collections.shuffle(shuffled, random);
        Ledger another = new Ledger(tenant, story);
        while (!shuffled.isEmpty()) {
            int many = 1 + random.nextInt(Math.min(3, shuffled.size()));
            another.hear(shuffled.subList(0, many).toArray(RecordedEvent[]::new));
            shuffled = shuffled.subList(many, shuffled.size());
        }

        assertThat(due(another)).isEqualTo(due(inOrder));
        assertThat(ids(another)).isEqualTo(ids(inOrder));
    }

    private static List<RecordedEvent> history(Story story, Random random) {
        List<RecordedEvent> happened = new ArrayList<>(List.of(story.calls()));
        if (random.nextBoolean()) {
            happened.add(story.says(0, Speaker.AGENT, "Hello!"));
        }
        happened.add(story.hangsUp());
        Instant start = soon(72);
        if (random.nextBoolean()) {
            happened.add(Cases.booked(story, "a-1", start));
            if (random.nextBoolean()) {
                happened.add(Cases.moved(story, "a-1", 2, start, soon(96)));
            }
            if (random.nextBoolean()) {
                happened.add(Cases.cancelled(story, "a-1", 3, start));
            }
        }
        if (random.nextInt(3) == 0) {
            happened.add(story.texts("Hello?"));
        }
        if (random.nextInt(4) == 0) {
            happened.add(story.event(new SmsEvent.OptedOut(NUMBER, "STOP"), "stop"));
        }
        return happened;
    }

    private static RecordedEvent status(Story story, FollowUp text, String status, Instant repeatAt) {
        return story.event(
                new SmsEvent.StatusChanged(
                        "SM1", status, 30003, "follow-up", text.id().toString(), repeatAt),
                "SM1",
                status,
                String.valueOf(repeatAt));
    }

    private static Instant soon(int hours) {
        return Instant.now().truncatedTo(ChronoUnit.HOURS).plus(hours, ChronoUnit.HOURS);
    }

    private static List<Instant> due(Ledger ledger) {
        return ledger.open().stream().map(FollowUp::dueAt).sorted().toList();
    }

    private static Set<UUID> ids(Ledger ledger) {
        Set<UUID> ids = new HashSet<>();
        ledger.open().forEach(one -> ids.add(one.id()));
        return ids;
    }

    /** The table, in memory. */
    private static final class Ledger {

        private final Tenant tenant;
        private final Map<UUID, FollowUp> all = new TreeMap<>();
        private final Map<UUID, State> states = new HashMap<>();
        private final List<UUID> scheduled = new ArrayList<>();
        private final List<String> why = new ArrayList<>();
        private final Set<UUID> heard = new HashSet<>();
        private LeadContext context;
        private Instant now = Instant.now();

        Ledger(Tenant tenant, Story story) {
            this.tenant = tenant;
            this.context = LeadContext.empty(tenant.id(), story.leadId());
        }

        void hear(RecordedEvent... events) {
            List<RecordedEvent> news = new ArrayList<>();
            for (RecordedEvent event : events) {
                if (heard.add(event.id())) {
                    news.add(event);
                    context = context.apply(event);
                }
            }
            Map<UUID, Deciding.Standing> standing = new HashMap<>();
            all.forEach((id, one) -> standing.put(id, new Deciding.Standing(one, states.get(id))));
            for (Decision decision : Deciding.of(tenant, context, news, standing, now, LIMITS)) {
                switch (decision) {
                    case Schedule schedule -> {
                        if (all.putIfAbsent(schedule.followUp().id(), schedule.followUp()) == null) {
                            states.put(schedule.followUp().id(), State.SCHEDULED);
                            scheduled.add(schedule.followUp().id());
                        }
                    }
                    case Cancel cancel -> {
                        if (states.replace(cancel.followUp().id(), State.SCHEDULED, State.CANCELLED)) {
                            why.add(cancel.why());
                        }
                    }
                    case Decision.Settle settle -> states.put(settle.followUp().id(), State.DONE);
                    case Fail fail -> states.put(fail.followUp().id(), State.FAILED);
                }
            }
            assertThat(scheduled).doesNotHaveDuplicates();
        }

        List<FollowUp> open() {
            return all.values().stream()
                    .filter(one -> states.get(one.id()) == State.SCHEDULED)
                    .toList();
        }

        List<String> cancelled() {
            return why.stream().distinct().toList();
        }
    }
}
