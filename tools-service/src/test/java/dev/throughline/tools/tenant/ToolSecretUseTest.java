package dev.throughline.tools.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.testing.TestTenants;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ToolSecretUseTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration OVERLAP = Duration.ofHours(24);

    private final Tenant salon = TestTenants.salon("+12025550100").withToolSecrets(List.of("hand", "agent"), Map.of());

    @Test
    void shouldAcceptTheOldSecretForTheOverlapAndNoLonger() {
        Tenant rotated = ToolSecretUse.BY_HAND.rotated(salon, Set.of("agent"), "hand2", NOW, OVERLAP);

        assertThat(rotated.toolSecretHashes()).containsExactly("hand2", "hand", "agent");
        assertThat(rotated.acceptsSecret("hand", NOW.plus(OVERLAP).minusMillis(1)))
                .isTrue();
        assertThat(rotated.acceptsSecret("hand", NOW.plus(OVERLAP))).isFalse();
        assertThat(rotated.acceptsSecret("hand2", NOW.plus(OVERLAP))).isTrue();
    }

    @Test
    void shouldNotCutOffTheAgentsWhenTheOtherSecretIsRotatedNorTheOtherWayRound() {
        Tenant twice = ToolSecretUse.BY_HAND.rotated(
                ToolSecretUse.BY_HAND.rotated(salon, Set.of("agent"), "hand2", NOW, OVERLAP),
                Set.of("agent"),
                "hand3",
                NOW.plusSeconds(60),
                OVERLAP);
        assertThat(twice.toolSecretHashes()).containsExactly("hand3", "hand2", "agent");
        assertThat(twice.toolSecretEnds()).containsOnlyKeys("hand2");

        Tenant agents = ToolSecretUse.OF_AGENTS.rotated(twice, Set.of("agent"), "agent2", NOW, OVERLAP);
        assertThat(agents.toolSecretHashes()).containsExactly("agent2", "hand3", "hand2", "agent");
        assertThat(agents.toolSecretEnds()).containsOnlyKeys("hand2", "agent");
    }

    @Test
    void shouldDropWhatHasEnded() {
        Tenant rotated = ToolSecretUse.BY_HAND.rotated(salon, Set.of("agent"), "hand2", NOW, OVERLAP);

        Tenant later = ToolSecretUse.OF_AGENTS.rotated(rotated, Set.of("agent"), "agent2", NOW.plus(OVERLAP), OVERLAP);

        assertThat(later.toolSecretHashes()).containsExactly("agent2", "hand2", "agent");
    }
}
