package dev.throughline.sms.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.events.RecordedEvent;
import dev.throughline.events.SmsEvent;
import dev.throughline.platform.web.Problem;
import dev.throughline.sms.SmsEvents;
import dev.throughline.sms.inbound.TextBatches.Arrival;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.mutiny.sqlclient.SqlClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TextBatchesTest {

    private static final UUID TENANT = UUID.randomUUID();

    /** Statements that end when the test lets them. */
    private static final class HeldStatements extends InboundTexts {

        private final List<List<String>> batches = new ArrayList<>();
        private final List<UniEmitter<? super Void>> ends = new ArrayList<>();

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

    @SuppressWarnings("NullAway") // the statements need no pool
    private final TextBatches batches = new TextBatches(null, statements);

    private UniAssertSubscriber<Void> store(String sid) {
        UUID lead = UUID.randomUUID();
        InboundText text = new InboundText(
                sid, null, TENANT, lead, "+12025550101", "+12025550102", "Hi", 1, List.of(), Instant.EPOCH);
        RecordedEvent event = SmsEvents.recorded(
                UUID.randomUUID(), Instant.EPOCH, TENANT, lead, new SmsEvent.OptedIn("+12025550101", "START"));
        return batches.store(new Arrival(text, InboundTexts.State.WAITING, event))
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());
    }

    @Test
    void shouldStoreAtOnceWhileTheDatabaseKeepsUpAndTogetherAfterwards() {
        for (int i = 1; i <= 7; i++) {
            store("SM" + i);
        }
        assertThat(statements.batches).containsExactly(List.of("SM1"), List.of("SM2"), List.of("SM3"), List.of("SM4"));

        statements.ends.get(1).complete(null);

        assertThat(statements.batches.getLast()).containsExactly("SM5", "SM6", "SM7");
    }

    @Test
    void shouldKeepARepeatOutOfTheBatchOfItsText() {
        for (int i = 1; i <= 4; i++) {
            store("SM" + i);
        }
        store("SM5");
        store("SM5");
        store("SM6");

        statements.ends.get(0).complete(null);
        statements.ends.get(1).complete(null);

        assertThat(statements.batches.subList(4, 6)).containsExactly(List.of("SM5", "SM6"), List.of("SM5"));
    }

    @Test
    void shouldFailOnlyTheTextThatCannotBeStored() {
        for (int i = 1; i <= 4; i++) {
            store("SM" + i);
        }
        UniAssertSubscriber<Void> good = store("SM5");
        UniAssertSubscriber<Void> bad = store("SM6");
        statements.ends.get(0).complete(null);

        statements.ends.get(4).fail(new IllegalArgumentException("one of the two"));
        assertThat(statements.batches.subList(5, 7)).containsExactly(List.of("SM5"), List.of("SM6"));
        statements.ends.get(5).complete(null);
        statements.ends.get(6).fail(new IllegalArgumentException("this one"));

        good.assertCompleted();
        bad.assertFailedWith(IllegalArgumentException.class, "this one");
    }

    @Test
    void shouldSendAwayWhomItCouldNotAnswerInTime() {
        for (int i = 1; i <= 5_004; i++) {
            store("SM" + i);
        }
        store("SM5005").assertFailedWith(Problem.class, "Too many texts wait");
    }
}
