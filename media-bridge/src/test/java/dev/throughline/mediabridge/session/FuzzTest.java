package dev.throughline.mediabridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.mediabridge.ending.DisconnectCause;
import dev.throughline.mediabridge.testing.FakeAgent;
import dev.throughline.mediabridge.testing.FakeTwilioStream;
import dev.throughline.mediabridge.testing.Mutations;
import dev.throughline.mediabridge.testing.OtherEnds;
import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.KafkaTestResource;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Mutated frames at both legs, for a minute ({@code -Dfuzz.seconds}), from {@code -Dfuzz.seed}: whatever comes, calls end with a cause
 * of their own and never with an exception, and a call beside them goes on.
 */
@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(IdentityTestResource.class)
@QuarkusTestResource(OtherEnds.class)
class FuzzTest extends AbstractCallTest {

    private static final long SECONDS = Long.getLong("fuzz.seconds", 60);
    private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());
    private static final int FRAMES_A_CALL = 200;

    @Inject
    MeterRegistry metrics;

    private final List<String> errors = new ArrayList<>();
    private final Handler watcher = new Handler() {
        @Override
        public void publish(LogRecord record) {
            boolean ours =
                    record.getLoggerName() != null && record.getLoggerName().startsWith("dev.throughline");
            if (record.getLevel().intValue() >= Level.SEVERE.intValue() && ours || isUnhandled(record)) {
                synchronized (errors) {
                    errors.add(record.getLoggerName() + ": " + record.getMessage() + " " + record.getThrown());
                }
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void watchTheLog() {
        Logger.getLogger("").addHandler(watcher);
    }

    @AfterEach
    void lookAway() {
        Logger.getLogger("").removeHandler(watcher);
    }

    @Test
    void shouldSurviveWhateverBothLegsSend() throws Exception {
        Mutations mutations = new Mutations(SEED);
        FakeTwilioStream beside = call();
        FakeAgent.Talk besideTalk = talk();
        double failedBefore = failed();
        long until = System.nanoTime() + SECONDS * 1_000_000_000L;
        int calls = 0;
        while (System.nanoTime() < until || calls == 0) {
            fuzzOneCall(mutations);
            calls++;
            byte[] audio = frame(calls);
            beside.media(audio);
            eventually(() -> assertThat(besideTalk.audio()).contains(base64(audio)));
        }

        assertThat(beside.isClosed()).isFalse();
        assertThat(failed()).as("seed %d, %d calls", SEED, calls).isEqualTo(failedBefore);
        synchronized (errors) {
            assertThat(errors).as("seed %d, %d calls", SEED, calls).isEmpty();
        }
    }

    private void fuzzOneCall(Mutations mutations) throws Exception {
        String sid = "CA" + UUID.randomUUID().toString().replace("-", "");
        FakeAgent itsAgent = elevenLabs.agent("agent_" + sid);
        boolean early = mutations.chance(2);
        String path = early ? PATH + "/" + opening(sid, tenant, Map.of("agent_id", itsAgent.id())) : PATH;
        FakeTwilioStream stream = FakeTwilioStream.connect(vertx, RestAssured.port, path, sid);
        Map<String, String> parameters =
                new HashMap<>(parameters(tenant, token(sid, tenant, Map.of("agent_id", itsAgent.id()))));
        parameters.put("call_sid", sid);
        stream.connected();
        if (mutations.chance(8)) {
            stream.text(mutations.of(stream.startFrame(parameters).encode()));
        } else {
            stream.start(parameters);
            eventually(() -> assertThat(stream.isClosed() || begun(itsAgent)).isTrue());
        }
        for (int i = 0; i < FRAMES_A_CALL && !stream.isClosed(); i++) {
            stream.text(mutations.of(mutations.carrierFrame(stream.streamSid())));
            if (begun(itsAgent)) {
                itsAgent.talks().getLast().text(mutations.of(mutations.agentFrame()));
            }
        }
        if (mutations.chance(4)) {
            stream.binary(new byte[] {1, 2, 3});
        }
        stream.hangUp();
        eventually(() -> assertThat(stream.isClosed()).isTrue());
    }

    private static boolean begun(FakeAgent itsAgent) {
        return !itsAgent.talks().isEmpty()
                && !itsAgent.talks()
                        .getLast()
                        .messages("conversation_initiation_client_data")
                        .isEmpty();
    }

    private double failed() {
        Counter counter = metrics.find("throughline.bridge.streams.ended")
                .tag("cause", DisconnectCause.INTERNAL_ERROR.tag())
                .counter();
        return counter == null ? 0 : counter.count();
    }

    private static boolean isUnhandled(LogRecord record) {
        return String.valueOf(record.getMessage()).contains("Unhandled exception");
    }
}
