package dev.throughline.sms.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.throughline.events.RecordedEvent;
import dev.throughline.events.SmsEvent;
import dev.throughline.platform.outbox.OutboxRecord;
import dev.throughline.platform.web.Problem;
import dev.throughline.sms.SmsEvents;
import dev.throughline.sms.inbound.TextBatches.Arrival;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.mutiny.sqlclient.SqlClient;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class TextBatchesTest {

    private static final UUID TENANT = UUID.randomUUID();
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Statements that end when the test lets them. */
    private static final class HeldStatements extends InboundTexts {

        private final List<List<String>> batches = new CopyOnWriteArrayList<>();
        private final List<UniEmitter<? super Void>> ends = new CopyOnWriteArrayList<>();

        @Override
        Uni<Void> store(SqlClient client, List<Arrival> arrivals) {
            return Uni.createFrom().emitter(end -> {
                batches.add(arrivals.stream()
                        .map(arrival -> arrival.text().messageSid())
                        .toList());
                ends.add(end);
            });
        }
    }

    private final HeldStatements statements = new HeldStatements();

    private int wakings;

    private TextBatches batches = batches(PATIENCE);

    @SuppressWarnings("NullAway") // the statements need no pool
    private TextBatches batches(Duration heldUp) {
        return new TextBatches(
                null,
                statements,
                () -> wakings++,
                new StoreTimer(new SimpleMeterRegistry()),
                new TextBatches.Limits(PATIENCE, heldUp));
    }

    private UniAssertSubscriber<Void> store(String sid) {
        return store(sid, System.nanoTime());
    }

    private UniAssertSubscriber<Void> store(String sid, long since) {
        UUID lead = UUID.randomUUID();
        InboundText text = new InboundText(
                sid, null, TENANT, lead, "+12025550101", "+12025550102", "Hi", 1, List.of(), Instant.EPOCH);
        RecordedEvent event = SmsEvents.recorded(
                UUID.randomUUID(), Instant.EPOCH, TENANT, lead, new SmsEvent.OptedIn("+12025550101", "START"));
        return batches.store(new Arrival(text, InboundTexts.State.WAITING, OutboxRecord.of(event), since))
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());
    }

    @Test
    void shouldStoreAtOnceWhileTheDatabaseKeepsUpAndTogetherAfterwards() {
        UniAssertSubscriber<Void> first = store("SM1");
        store("SM2");
        UniAssertSubscriber<Void> last = store("SM3");
        assertThat(statements.batches).containsExactly(List.of("SM1"));

        statements.ends.get(0).complete(null);

        first.assertCompleted();
        last.assertNotTerminated();
        assertThat(statements.batches.getLast()).containsExactly("SM2", "SM3");
        assertThat(wakings).isEqualTo(1);
    }

    @Test
    void shouldKeepARepeatOutOfTheBatchOfItsText() {
        store("SM1");
        store("SM2");
        store("SM2");
        store("SM3");

        statements.ends.get(0).complete(null);
        assertThat(statements.batches.getLast()).containsExactly("SM2", "SM3");
        statements.ends.get(1).complete(null);
        assertThat(statements.batches.getLast()).containsExactly("SM2");
    }

    @Test
    void shouldFailOnlyTheTextThatCannotBeStored() {
        store("SM1");
        UniAssertSubscriber<Void> good = store("SM2");
        UniAssertSubscriber<Void> bad = store("SM3");
        UniAssertSubscriber<Void> alsoGood = store("SM4");
        statements.ends.get(0).complete(null);
        UniAssertSubscriber<Void> next = store("SM5");

        statements.ends.get(1).fail(new IllegalArgumentException("one of the three"));
        statements.ends.get(2).complete(null);
        statements.ends.get(3).fail(new IllegalArgumentException("this one"));
        statements.ends.get(4).complete(null);
        statements.ends.get(5).complete(null);

        assertThat(statements.batches)
                .containsExactly(
                        List.of("SM1"),
                        List.of("SM2", "SM3", "SM4"),
                        List.of("SM2"),
                        List.of("SM3"),
                        List.of("SM4"),
                        List.of("SM5"));
        good.assertCompleted();
        bad.assertFailedWith(IllegalArgumentException.class, "this one");
        alsoGood.assertCompleted();
        next.assertCompleted();
    }

    @Test
    void shouldNotHoldUpTheOthersWhenOneStatementIsHeldUp() {
        batches = batches(Duration.ofMillis(10));
        for (int i = 1; i <= 4; i++) {
            store("SM" + i);
            List<String> alone = List.of("SM" + i);
            await().until(() -> statements.batches.contains(alone));
        }
        UniAssertSubscriber<Void> fifth = store("SM5");
        assertThat(statements.batches).hasSize(4);

        statements.ends.get(2).complete(null);
        await().until(() -> statements.batches.contains(List.of("SM5")));
        statements.ends.get(4).complete(null);
        fifth.assertCompleted();
    }

    @Test
    void shouldTellAllOfABatchAtOnceThatTheDatabaseIsAway() {
        store("SM1");
        UniAssertSubscriber<Void> one = store("SM2");
        UniAssertSubscriber<Void> other = store("SM3");
        statements.ends.get(0).complete(null);

        statements.ends.get(1).fail(new SQLException("gone", "08006"));

        one.assertFailedWith(SQLException.class);
        other.assertFailedWith(SQLException.class);
        assertThat(statements.batches).hasSize(2);
    }

    @Test
    void shouldNotStoreWhatItCouldNotAnswerInTime() {
        store("SM1");
        UniAssertSubscriber<Void> late =
                store("SM2", System.nanoTime() - PATIENCE.plusSeconds(1).toNanos());
        UniAssertSubscriber<Void> inTime = store("SM3");
        statements.ends.get(0).complete(null);
        late.assertFailedWith(TimeoutException.class);
        statements.ends.get(1).complete(null);
        inTime.assertCompleted();
        assertThat(statements.batches.getLast()).containsExactly("SM3");

        store("SM4");
        for (int i = 1; i <= 5_000; i++) {
            store("SM" + (i + 10));
        }
        store("SM9999").assertFailedWith(Problem.class, "Too many texts wait");
    }
}
