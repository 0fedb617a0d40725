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
        assertThat(registry.takePlace()).isTrue();
        assertThat(registry.takePlace()).isTrue();
        assertThat(registry.takePlace()).isFalse();

        registry.givePlaceBack(true);

        assertThat(registry.takePlace()).isTrue();
        assertThat(registry.active()).isEqualTo(2);
    }

    @Test
    void shouldLimitThoseThatHaveNotStarted() {
        SessionRegistry few =
                new SessionRegistry(BridgeConfigTest.config(Map.of("throughline.bridge.max-unstarted", "1")));
        assertThat(few.takePlace()).isTrue();
        assertThat(few.takePlace()).isFalse();

        few.started();
        assertThat(few.takePlace()).isTrue();
        assertThat(few.takePlace()).isFalse();

        few.givePlaceBack(true);
        assertThat(few.takePlace()).isTrue();
        few.givePlaceBack(false);
        assertThat(few.active()).isEqualTo(1);
    }

    @Test
    void shouldHaveNoPlaceWhileItGoesAway() {
        registry.drain();

        assertThat(registry.takePlace()).isFalse();
        assertThat(registry.isDraining()).isTrue();
    }

    @Test
    void shouldWaitForLiveCallsAndNoLonger() throws Exception {
        registry.takePlace();
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
