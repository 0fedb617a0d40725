package dev.throughline.sms.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.throughline.events.SmsEvent;
import dev.throughline.events.Speaker;
import dev.throughline.platform.outbox.Outbox;
import dev.throughline.sms.AbstractTextsTest;
import dev.throughline.sms.consent.Consents;
import dev.throughline.sms.consent.OptOutWord;
import dev.throughline.sms.outbound.OutboundTexts.State;
import dev.throughline.sms.outbound.OutboundTexts.Stored;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Texts that Twilio does not take, or of which nobody knows whether it did. */
@QuarkusTest
class TextSenderTest extends AbstractTextsTest {

    @Inject
    Pool pool;

    @Inject
    OutboundTexts texts;

    @Inject
    TextSender sender;

    @Inject
    Consents consents;

    @Inject
    Outbox outbox;

    private static <T> T now(Uni<T> uni) {
        return uni.await().atMost(LONG);
    }

    /** A text that leaves when the test lets it. */
    private OutboundText planned(String body) {
        OutboundText text = OutboundText.fresh(
                UUID.randomUUID(),
                salon.id(),
                lead(),
                customer,
                new Sender(salonNumber, null),
                body,
                List.of(),
                Speaker.OPERATOR,
                null);
        now(texts.add(pool, text, Instant.now(), Instant.now().plus(Duration.ofHours(2)), null));
        return text;
    }

    private void set(OutboundText text, String columns) {
        now(pool.preparedQuery("UPDATE outbound_text SET " + columns + " WHERE id = $1")
                .execute(Tuple.of(text.id())));
    }

    private Stored stored(OutboundText text) {
        return now(texts.find(pool, salon.id(), text.id())).orElseThrow();
    }

    private void awaitState(OutboundText text, State state) {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(stored(text).state()).isEqualTo(state));
    }

    private void awaitRefusalOf(OutboundText text) {
        await().atMost(LONG).untilAsserted(() -> assertThat(told(SmsEvent.Refused.class))
                .extracting(SmsEvent.Refused::textId)
                .containsExactly(text.id().toString()));
    }

    @Test
    void shouldTryAgainAndGiveUpAfterHalfAnHour() {
        OutboundText patient = planned("busy, but not for long " + customer);
        set(patient, "attempts = 28, not_before = now()");
        now(sender.send(patient.id()));
        await().atMost(LONG).untilAsserted(() -> {
            assertThat(stored(patient).state()).isEqualTo(State.PENDING);
            assertThat(stored(patient).notBefore())
                    .isBetween(Instant.now(), Instant.now().plusSeconds(60));
        });

        OutboundText last = planned("busy for too long " + customer);
        set(last, "attempts = 29, not_before = now()");
        now(sender.send(last.id()));
        awaitState(last, State.REFUSED);
        awaitRefusalOf(last);
        assertThat(sent()).isEmpty();
    }

    @Test
    void shouldSendOnceMoreWhatTwilioNeverGot() {
        OutboundText text = planned("Never arrived");
        set(
                text,
                "state = 'SENDING', attempts = 1, claimed_at = now() - interval '1 hour', not_before = now() - interval '1 hour'");
        now(sender.clearUp());
        awaitState(text, State.SENT);
        awaitSent(1);
    }

    @Test
    void shouldTellOfATextThatWasNeverReportedAndSendItNoMore() {
        OutboundText text = planned("Never seen");
        set(
                text,
                "state = 'SENDING', attempts = 2, not_found = 1, claimed_at = now() - interval '1 hour',"
                        + " not_before = now() - interval '1 hour'");
        now(sender.clearUp());
        awaitState(text, State.LOST);
        awaitRefusalOf(text);
        assertThat(sent()).isEmpty();
    }

    @Test
    void shouldLetAStopBesideARefusalHaveItsTurn() {
        OutboundText refused = planned("stopped " + customer);
        OutboundText following = planned("And the rest of it");
        set(following, "follows = '" + refused.id() + "'");
        set(refused, "not_before = now()");
        SqlConnection stop = now(pool.getConnection());
        Transaction transaction = now(stop.begin());
        now(outbox.hold(stop, lead()));

        CompletableFuture<Void> refusal =
                sender.send(refused.id()).subscribeAsCompletionStage().toCompletableFuture();
        await().atMost(LONG).until(this::somebodyWaitsForTheLead);
        // Were the refusal's texts taken back already, each would wait for the other now.
        now(consents.remember(
                stop,
                salon.id(),
                lead(),
                OptOutWord.KNOWN_TO_TWILIO,
                "sms",
                Instant.now().minusSeconds(1)));
        now(transaction.commit());
        now(stop.close());

        assertThat(refusal).succeedsWithin(LONG);
        assertThat(stored(refused).state()).isEqualTo(State.REFUSED);
        assertThat(stored(following).state()).isEqualTo(State.REFUSED);
        awaitRefusalOf(refused);
    }

    private boolean somebodyWaitsForTheLead() {
        return now(pool.query("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
                                .execute())
                        .iterator()
                        .next()
                        .getLong(0)
                > 0;
    }
}
