package dev.throughline.mediabridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SessionRegistryTest {

    private final SessionRegistry registry =
            new SessionRegistry(BridgeConfigTest.config(Map.of("throughline.bridge.max-calls", "2")));

    @Test
    void shouldHaveAsManyPlacesAsConfigured() {
        assertThat(registry.takePlace(false)).isTrue();
        assertThat(registry.takePlace(false)).isTrue();
        assertThat(registry.takePlace(false)).isFalse();

        registry.givePlaceBack(true);

        assertThat(registry.takePlace(false)).isTrue();
        assertThat(registry.active()).isEqualTo(2);
    }

    @Test
    void shouldLimitThoseThatHaveNotStarted() {
        SessionRegistry few =
                new SessionRegistry(BridgeConfigTest.config(Map.of("throughline.bridge.max-unstarted", "1")));
        assertThat(few.takePlace(false)).isTrue();
        assertThat(few.takePlace(false)).isFalse();
        assertThat(few.takePlace(true)).isTrue();
        few.givePlaceBack(false);

        few.started();
        assertThat(few.takePlace(false)).isTrue();
        assertThat(few.takePlace(false)).isFalse();

        few.givePlaceBack(true);
        assertThat(few.takePlace(false)).isTrue();
        few.givePlaceBack(false);
        assertThat(few.active()).isEqualTo(1);
    }

    @Test
    void shouldHaveNoPlaceWhileItGoesAway() {
        registry.drain();

        assertThat(registry.takePlace(false)).isFalse();
        assertThat(registry.isDraining()).isTrue();
    }

    @Test
    void shouldWaitForLiveCallsAndNoLonger() throws Exception {
        registry.takePlace(false);
        CompletableFuture<Boolean> drained = CompletableFuture.supplyAsync(() -> {
            try {
                return registry.awaitNone(30_000);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(registry.awaitNone(20)).isFalse();

        registry.givePlaceBack(true);

        assertThat(drained.get(10, TimeUnit.SECONDS)).isTrue();
    }
}
