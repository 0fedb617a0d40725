package dev.throughline.sms.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.events.Speaker;
import dev.throughline.platform.twilio.SendOutcome;
import dev.throughline.sms.AbstractTextsTest;
import dev.throughline.sms.outbound.OutboundTexts.State;
import dev.throughline.sms.outbound.twilio.TwilioTexts;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Replicas that meet at one text, and texts that may not leave. */
@QuarkusTest
class SendQueueTest extends AbstractTextsTest {

    private static final Instant LATER = Instant.now().plus(Duration.ofHours(2));

    @Inject
    Pool pool;

    @Inject
    OutboundTexts texts;

    @Inject
    SendQueue queue;

    @Inject
    TwilioTexts twilio;

    @Inject
    SenderPace pace;

    @Test
    void shouldPaceEachSenderByItself() {
        Instant moment = Instant.parse("2026-11-20T17:00:00Z");
        Sender sender = new Sender(salonNumber, null);
        for (int i = 0; i <= 10; i++) {
            assertThat(now(pace.reserve(pool, sender, 1, moment))).isEqualTo(moment);
        }
        // Ten parts ahead of one a second: the next ones wait, one second each.
        assertThat(now(pace.reserve(pool, sender, 2, moment))).isEqualTo(moment.plusSeconds(1));
        assertThat(now(pace.reserve(pool, sender, 1, moment))).isEqualTo(moment.plusSeconds(3));
        assertThat(now(pace.reserve(pool, new Sender(customer, null), 1, moment)))
                .isEqualTo(moment);
        assertThat(now(pace.reserve(pool, sender, 1, moment.plusSeconds(60)))).isEqualTo(moment.plusSeconds(60));
    }

    private OutboundText planned(UUID leadId) {
        OutboundText text = OutboundText.fresh(
                UUID.randomUUID(),
                salon.id(),
                leadId,
                customer,
                new Sender(salonNumber, null),
                "See you at nine.",
                List.of(),
                Speaker.OPERATOR,
                null);
        now(texts.add(pool, text, Instant.now(), LATER.minusSeconds(60), null));
        return text;
    }

    private static <T> T now(Uni<T> uni) {
        return uni.await().atMost(LONG);
    }

    private State stateOf(OutboundText text) {
        return now(texts.find(pool, salon.id(), text.id())).orElseThrow().state();
    }

    @Test
    void shouldLeaveATextToWhoeverHasItNow() {
        OutboundText text = planned(lead());
        OutboundText mine =
                now(queue.claim(pool, text.id(), LATER)).orElseThrow().text();
        assertThat(now(queue.claim(pool, text.id(), LATER))).isEmpty();

        // It was looked up meanwhile, not found, and claimed by another.
        now(queue.againNotFound(pool, mine, LATER));
        OutboundText theirs =
                now(queue.claim(pool, text.id(), LATER)).orElseThrow().text();
        now(queue.again(pool, mine, LATER));

        assertThat(stateOf(text)).isEqualTo(State.SENDING);
        now(queue.again(pool, theirs, LATER.plusSeconds(3600)));
        assertThat(stateOf(text)).isEqualTo(State.PENDING);
    }

    /** Looked for at Twilio by the time of a wrong clock, it would not be found, and be sent twice. */
    @Test
    void shouldTellByTheDatabasesClockWhenATextWasClaimed() {
        OutboundText text = planned(lead());
        Instant before = Instant.now();
        OutboundText claimed =
                now(queue.claim(pool, text.id(), LATER)).orElseThrow().text();
        assertThat(claimed.claimedAt()).isBetween(before.minusSeconds(1), before.plus(LONG));
        assertThat(now(queue.claimStale(pool, text.id(), Duration.ofHours(1)))).isEmpty();
    }

    @Test
    void shouldNotAskTwilioWhenItsTurnComesTooLate() {
        OutboundText text = planned(lead());
        var outcome = now(twilio.send(text.letter(), Instant.now().minusMillis(1)));
        assertThat(outcome).isInstanceOfSatisfying(SendOutcome.Accepted.class, nothing -> assertThat(nothing.resource())
                .isEqualTo(Optional.empty()));
        assertThat(sent()).isEmpty();
    }

    @Test
    void shouldNotLetATextThatMayNotLeaveBeInTheWayOfOthers() {
        UUID stopped = UUID.randomUUID();
        OutboundText never = planned(stopped);
        OutboundText other = planned(lead());
        now(pool.preparedQuery("INSERT INTO consent VALUES ($1, $2, true, 'STOP', 'sms', now())")
                .execute(Tuple.of(salon.id(), stopped)));

        assertThat(now(queue.due(pool, LATER))).contains(other.id()).doesNotContain(never.id());
        assertThat(now(queue.claim(pool, never.id(), LATER))).isEmpty();
    }
}
