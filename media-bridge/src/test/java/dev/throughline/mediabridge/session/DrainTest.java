package dev.throughline.mediabridge.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.mediabridge.testing.FakeTwilioStream;
import dev.throughline.mediabridge.testing.OtherEnds;
import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.KafkaTestResource;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.http.UpgradeRejectedException;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.Test;

/** The end of a replica, as its shutdown makes it; one test, because nothing comes after it. */
@QuarkusTest
@TestProfile(DrainTest.ShortGrace.class)
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(IdentityTestResource.class)
@QuarkusTestResource(OtherEnds.class)
class DrainTest extends AbstractCallTest {

    /** Two seconds for live calls. */
    public static class ShortGrace implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("throughline.bridge.drain-grace", "2s");
        }
    }

    @Inject
    @Readiness
    Drain drain;

    @Test
    void shouldLetLiveCallsFinishTakeNoNewOnesAndLeaveTheRestToAnotherBridge() throws Exception {
        FakeTwilioStream stream = call();
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> {
            try {
                drain.onShutdown(new ShutdownDelayInitiatedEvent());
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        });

        eventually(() -> assertThat(drain.call().getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN));
        assertThatThrownBy(this::connect)
                .rootCause()
                .isInstanceOfSatisfying(UpgradeRejectedException.class, rejected -> assertThat(rejected.getStatus())
                        .isEqualTo(503));
        stream.media(frame(7));
        eventually(() -> assertThat(talk().audio()).contains(base64(frame(7))));

        closes(stream, 1001, "the bridge is going away");
        stopped.join();
        assertThat(outcomes()).isEmpty();
        eventually(() -> assertThat(talk().closeCode()).isEqualTo(1000));
    }
}
