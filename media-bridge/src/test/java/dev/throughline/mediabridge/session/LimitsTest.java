package dev.throughline.mediabridge.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.throughline.mediabridge.testing.FakeTwilioStream;
import dev.throughline.mediabridge.testing.OtherEnds;
import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.KafkaTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.http.UpgradeRejectedException;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(LimitsTest.SmallBridge.class)
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(IdentityTestResource.class)
@QuarkusTestResource(OtherEnds.class)
class LimitsTest extends AbstractCallTest {

    /** Two calls at most, silence and length in seconds. */
    public static class SmallBridge implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "throughline.bridge.max-calls", "2",
                    "throughline.bridge.max-unstarted", "2",
                    "throughline.bridge.idle-timeout", "2s",
                    "throughline.bridge.write-timeout", "1s",
                    "throughline.bridge.max-queued-audio", "300000",
                    "throughline.bridge.max-call-duration", "6s");
        }
    }

    @Inject
    SessionRegistry registry;

    @Test
    void shouldAnswer503WhenEveryPlaceIsTaken() throws Exception {
        await().atMost(Duration.ofSeconds(30)).until(() -> registry.active() == 0);
        FakeTwilioStream first = connect();
        FakeTwilioStream second = connect();

        assertThatThrownBy(this::connect)
                .rootCause()
                .isInstanceOfSatisfying(UpgradeRejectedException.class, rejected -> assertThat(rejected.getStatus())
                        .isEqualTo(503));

        first.hangUp();
        await().atMost(Duration.ofSeconds(10)).until(() -> registry.active() < 2);
        connect().hangUp();
        second.hangUp();
    }

    @Test
    void shouldEndACallWhoseCarrierFellSilent() throws Exception {
        FakeTwilioStream stream = call();

        await().atMost(Duration.ofSeconds(30)).until(stream::isClosed);

        assertThat(stream.closeReason()).isEqualTo("no message for too long");
        await().atMost(Duration.ofSeconds(10)).until(() -> talk().closeCode() == 1000);
    }

    @Test
    void shouldEndACallThatLastsTooLong() throws Exception {
        FakeTwilioStream stream = call();

        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    stream.media(frame(1));
                    return stream.isClosed();
                });

        assertThat(stream.closeCode()).isEqualTo(1000);
        assertThat(stream.closeReason()).isEqualTo("the longest call duration is reached");
        assertThat(elevenLabs.outcomesOf(callSid)).extracting(o -> o.outcome()).containsExactly("COMPLETED");
    }

    @Test
    void shouldDropACallerWhoNeverReadsAndKeepNothingForHim() throws Exception {
        await().atMost(Duration.ofSeconds(30)).until(() -> registry.active() == 0);
        FakeTwilioStream stream = call();
        stream.stopReading();
        String audio = base64(new byte[48_000]);

        // More than the sockets of both ends hold, until the write that does not end is noticed.
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    talk().audio(audio, 1);
                    stream.media(frame(1));
                    return !outcomes().isEmpty();
                });

        assertThat(outcomes()).containsExactly("CALLER_LEFT");
        // It takes no close frame either; the connection is cut.
        await().atMost(Duration.ofSeconds(30)).until(() -> registry.active() == 0);
    }
}
