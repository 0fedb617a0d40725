package dev.throughline.platform.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.throughline.events.Topics;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.Configs;
import dev.throughline.platform.kafka.KafkaClients;
import dev.throughline.platform.kafka.KafkaConfig;
import dev.throughline.platform.testing.KafkaProbe;
import dev.throughline.platform.testing.KafkaTestResource;
import dev.throughline.platform.testing.TestTenants;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TenantDirectoryTest {

    private static final Duration WAIT = Duration.ofSeconds(30);

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private TenantDirectory directory;

    @BeforeEach
    void start() {
        directory = new TenantDirectory(
                new KafkaClients(Configs.of(
                        KafkaConfig.class,
                        Map.of(
                                "throughline.kafka.bootstrap-servers",
                                KafkaTestResource.bootstrapServers(),
                                "throughline.kafka.client-id",
                                "test"))),
                Clock.fixed(NOW, ZoneOffset.UTC));
        directory.start();
        await().atMost(WAIT).until(directory::isWarm);
    }

    @AfterEach
    void stop() {
        directory.stop();
    }

    @Test
    void shouldFollowATenantThroughItsLife() {
        List<String> changes = new CopyOnWriteArrayList<>();
        directory.onChange((id, tenant) -> changes.add(id + (tenant == null ? " removed" : " v" + tenant.version())));
        Tenant first = TestTenants.salon(UUID.randomUUID(), "+12025550120", "secret-120");
        TestTenants.put(first);
        await().atMost(WAIT).until(() -> directory.byId(first.id()).isPresent());
        assertThat(directory.byNumber("+12025550120")).contains(first);
        assertThat(directory.byToolSecret("secret-120")).contains(first);
        assertThat(directory.byToolSecret("secret-12")).isEmpty();

        Tenant moved = with(first, "+12025550121", 2);
        TestTenants.put(moved);
        await().atMost(WAIT).until(() -> directory.byNumber("+12025550121").isPresent());
        assertThat(directory.byNumber("+12025550120")).isEmpty();

        directory.put(first);
        assertThat(directory.byId(first.id()))
                .as("an older version changes nothing")
                .contains(moved);

        try (KafkaProbe probe = new KafkaProbe()) {
            probe.send(Topics.TENANTS, first.id().toString(), null);
        }
        await().atMost(WAIT).until(() -> directory.byId(first.id()).isEmpty());
        assertThat(directory.byNumber("+12025550121")).isEmpty();
        assertThat(directory.byToolSecret("secret-120")).isEmpty();
        assertThat(changes).contains(first.id() + " v1", first.id() + " v2", first.id() + " removed");
    }

    @Test
    void shouldSkipWhatIsNoTenant() {
        try (KafkaProbe probe = new KafkaProbe()) {
            probe.send(
                    Topics.TENANTS,
                    UUID.randomUUID().toString(),
                    "{\"id\":".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        Tenant tenant = TestTenants.salon("+12025550122");
        TestTenants.put(tenant);
        await().atMost(WAIT).until(() -> directory.byId(tenant.id()).isPresent());
    }

    @Test
    void shouldNotTakeANumberFromItsNewOwner() {
        Tenant old = TestTenants.salon("+12025550123");
        Tenant next = TestTenants.salon("+12025550123");
        directory.put(old);
        directory.put(next);
        directory.put(with(old, "+12025550124", 2));
        assertThat(directory.byNumber("+12025550123")).contains(next);
    }

    @Test
    void shouldAcceptTwoSecretsDuringARotationUntilTheOldOneEnds() {
        Tenant one = TestTenants.salon(UUID.randomUUID(), "+12025550125", "old-secret");
        String old = TenantDirectory.toolSecretHash("old-secret");
        List<String> both = List.of(TenantDirectory.toolSecretHash("new-secret"), old);

        directory.put(one.withToolSecrets(both, Map.of(old, NOW.plusSeconds(1))));
        assertThat(directory.byToolSecret("old-secret")).isPresent();
        assertThat(directory.byToolSecret("new-secret")).isPresent();

        directory.put(one.withToolSecrets(both, Map.of(old, NOW)));
        assertThat(directory.byToolSecret("old-secret")).isEmpty();
        assertThat(directory.byToolSecret("new-secret")).isPresent();
    }

    private static Tenant with(Tenant t, String number, long version) {
        return new Tenant(
                t.id(),
                t.name(),
                number,
                null,
                t.timeZone(),
                t.country(),
                t.language(),
                t.voicePath(),
                t.settings(),
                t.toolSecretHashes(),
                version);
    }
}
