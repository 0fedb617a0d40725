package dev.throughline.telephony.reaper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.events.CallEvent;
import dev.throughline.events.CallEvent.Path;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.testing.TwilioRequests;
import dev.throughline.telephony.FakeTwilio;
import dev.throughline.telephony.GatewayTest;
import dev.throughline.telephony.Published;
import dev.throughline.telephony.Tenants;
import dev.throughline.telephony.call.CallOrigin;
import dev.throughline.telephony.call.CallParties;
import dev.throughline.telephony.call.CallRepository;
import dev.throughline.telephony.call.CallStatus;
import dev.throughline.telephony.reaper.OverdueCalls.Overdue;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CallReaperTest extends GatewayTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Tenant TENANT = Tenants.harbourSalon();

    @Inject
    CallReaper reaper;

    @Inject
    OverdueCalls overdue;

    @Inject
    CallRepository calls;

    @Test
    void shouldEndACallWhoseCallbackWasLost() {
        String callSid = begun(At.TWILIO_ENDED, Path.BRIDGE, Duration.ofMinutes(11));

        assertThat(Published.only(CallEvent.Ended.class, Published.ofEnded(callSid)))
                .containsExactly(new CallEvent.Ended(callSid, "completed", 42, null));
    }

    @Test
    void shouldEndACallThatElevenLabsCarriedWithinAMinute() {
        String callSid = begun(At.TWILIO_ENDED, Path.NATIVE, Duration.ofSeconds(31));

        assertThat(Published.only(CallEvent.Ended.class, Published.ofEnded(callSid)))
                .hasSize(1);
    }

    @Test
    void shouldEndACallTwilioDoesNotKnowAsUnknown() {
        String callSid = begun(At.TWILIO_UNKNOWN, Path.BRIDGE, Duration.ofMinutes(11));

        assertThat(Published.only(CallEvent.Ended.class, Published.ofEnded(callSid)))
                .containsExactly(new CallEvent.Ended(callSid, "failed", 0, "unknown", CallEvent.SpokeWith.NOBODY));
    }

    @Test
    void shouldLetACallLiveOfWhichTwilioSaysSoAndAskAgainLater() {
        String callSid = begun(At.TWILIO_LIVES, Path.BRIDGE, Duration.ofMinutes(11));

        Awaitility.await().atMost(PATIENCE).until(() -> status(callSid).equals("in-progress"));

        assertThat(live(callSid)).isTrue();
        assertThat(nextCheck(callSid)).isAfter(Instant.now().plus(Duration.ofMinutes(8)));
    }

    @Test
    void shouldWaitLongerEachTimeTwilioDoesNotAnswer() {
        String callSid = begun(At.TWILIO_SILENT, Path.BRIDGE, Duration.ofMinutes(11));
        Awaitility.await().atMost(PATIENCE).until(() -> checks(callSid) == 1);
        Duration first = Duration.between(Instant.now(), nextCheck(callSid));

        due(callSid);
        Awaitility.await().atMost(PATIENCE).until(() -> checks(callSid) == 2);

        assertThat(Duration.between(Instant.now(), nextCheck(callSid))).isGreaterThan(first.plusMinutes(5));
        assertThat(live(callSid)).isTrue();
    }

    @Test
    void shouldNotAskAboutAYoungCall() {
        String bridged = begun(At.TWILIO_UNKNOWN, Path.BRIDGE, Duration.ofMinutes(1));
        String carried = begun(At.TWILIO_UNKNOWN, Path.NATIVE, Duration.ofSeconds(1));

        await(reaper.round());

        assertThat(checks(bridged)).isZero();
        assertThat(checks(carried)).isZero();
    }

    @Test
    void shouldGiveACallToOneReplicaAtATime() throws Exception {
        List<String> mine = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            mine.add(begun(At.TWILIO_SILENT, Path.BRIDGE, Duration.ZERO));
        }
        // Due for this test alone, which asks as if it were the day after tomorrow.
        mine.forEach(sid -> next(sid, Instant.now().plus(Duration.ofDays(1))));
        Instant asIf = Instant.now().plus(Duration.ofDays(2));

        List<String> taken = new ArrayList<>();
        try (ExecutorService replicas = Executors.newFixedThreadPool(4)) {
            List<Future<List<Overdue>>> rounds = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                rounds.add(replicas.submit(() -> await(overdue.take(asIf))));
            }
            for (Future<List<Overdue>> round : rounds) {
                round.get().forEach(call -> taken.add(call.callSid()));
            }
        }

        assertThat(taken.stream().filter(mine::contains)).doesNotHaveDuplicates();
        mine.forEach(sid ->
                pool.preparedQuery("DELETE FROM calls WHERE call_sid = $1").executeAndAwait(Tuple.of(sid)));
    }

    @Test
    void shouldEndACallOnceWhateverRaces() throws Exception {
        List<String> racing = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            racing.add(begun(At.TWILIO_ENDED, Path.BRIDGE, Duration.ofMinutes(11)));
        }
        try (ExecutorService everybody = Executors.newFixedThreadPool(8)) {
            List<Future<?>> all = new ArrayList<>();
            for (String callSid : racing) {
                for (int i = 0; i < 3; i++) {
                    all.add(everybody.submit(() -> TwilioRequests.form(STATUS, fixture("call-status.form", callSid))
                            .post(STATUS)
                            .then()
                            .statusCode(204)));
                    all.add(everybody.submit(() -> await(reaper.round())));
                    all.add(everybody.submit(() -> due(callSid)));
                }
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        await(reaper.round());

        for (String callSid : racing) {
            assertThat(Published.only(CallEvent.Ended.class, Published.ofEnded(callSid)))
                    .hasSize(1);
        }
    }

    /** How Twilio says that a call stands. */
    private enum At {
        TWILIO_ENDED,
        TWILIO_LIVES,
        TWILIO_UNKNOWN,
        TWILIO_SILENT
    }

    /** A call that began some time ago. */
    private String begun(At twilio, Path path, Duration ago) {
        String callSid = newCallSid();
        switch (twilio) {
            case TWILIO_ENDED -> FakeTwilio.stands(callSid, "completed", "42");
            case TWILIO_LIVES -> FakeTwilio.stands(callSid, "in-progress", "");
            case TWILIO_UNKNOWN -> FakeTwilio.refuse(callSid, 404, 20404);
            case TWILIO_SILENT -> FakeTwilio.refuse(callSid, 503, 0);
        }
        await(calls.announce(
                pool,
                CallParties.of(callSid, TENANT, CALLER),
                CallOrigin.inbound(path, CALLER, Tenants.NUMBER, null),
                CallStatus.RINGING,
                Instant.now().minus(ago)));
        return callSid;
    }

    private void due(String callSid) {
        next(callSid, Instant.now().minusSeconds(1));
    }

    private void next(String callSid, Instant when) {
        await(pool.preparedQuery("UPDATE calls SET next_check_at = $2 WHERE call_sid = $1")
                .execute(Tuple.of(callSid, when.atOffset(ZoneOffset.UTC))));
    }

    private long checks(String callSid) {
        return count("SELECT checks::bigint FROM calls WHERE call_sid = $1", callSid);
    }

    private boolean live(String callSid) {
        return count("SELECT count(*) FROM calls WHERE call_sid = $1 AND ended_at IS NULL", callSid) == 1;
    }

    private Instant nextCheck(String callSid) {
        return Instant.ofEpochSecond(
                count("SELECT extract(epoch FROM next_check_at)::bigint FROM calls WHERE call_sid = $1", callSid));
    }

    private String status(String callSid) {
        return await(pool.preparedQuery("SELECT status FROM calls WHERE call_sid = $1")
                        .execute(Tuple.of(callSid)))
                .iterator()
                .next()
                .getString(0);
    }

    private static <T> T await(Uni<T> work) {
        return work.await().atMost(PATIENCE);
    }
}
