package dev.throughline.platform.testing;

import dev.throughline.events.Topics;
import dev.throughline.events.tenant.CallSettings;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.events.tenant.TenantCodec;
import dev.throughline.events.tenant.TenantSettings;
import dev.throughline.events.tenant.TenantSettings.DayHours;
import dev.throughline.platform.tenant.TenantDirectory;
import io.quarkus.arc.Arc;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/** Tenants for tests, published on the real topic. */
public final class TestTenants {

    /** The secret whose hash {@link #salon} carries. */
    public static final String TOOL_SECRET = "tool-secret-of-the-test-tenant";

    private TestTenants() {}

    /** The demo business with a new id: open Monday to Saturday, 09:00 to 17:00, New York. */
    public static Tenant salon(String e164) {
        return salon(UUID.randomUUID(), e164, TOOL_SECRET);
    }

    /** As {@link #salon(String)} with a chosen id and secret. */
    public static Tenant salon(UUID id, String e164, String toolSecret) {
        return new Tenant(
                id,
                "Harbour Salon",
                e164,
                null,
                "America/New_York",
                "US",
                "en",
                Tenant.VoicePath.BRIDGE,
                settings("agent_test_" + id),
                List.of(TenantDirectory.toolSecretHash(toolSecret)),
                1);
    }

    /** Settings with this agent for calls and texts. */
    public static TenantSettings settings(String agentId) {
        Map<String, DayHours> hours = new HashMap<>();
        for (String day : List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday")) {
            hours.put(day, new DayHours("09:00", "17:00", true));
        }
        return new TenantSettings(
                agentId,
                null,
                "Hello from Harbour Salon.",
                "friendly",
                hours,
                Set.of(),
                null,
                "+12025550111",
                CallSettings.standard());
    }

    /** Publishes tenants and waits until the application under test knows them; returns the first. */
    public static Tenant publish(Tenant... tenants) {
        put(tenants);
        TenantDirectory directory =
                Arc.container().instance(TenantDirectory.class).get();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> List.of(tenants).stream().allMatch(tenant -> directory
                        .byId(tenant.id())
                        .filter(tenant::equals)
                        .isPresent()));
        return tenants[0];
    }

    /** Publishes without waiting; for tests without Quarkus. */
    public static void put(Tenant... tenants) {
        Map<String, Object> config = Map.of("bootstrap.servers", KafkaTestResource.bootstrapServers(), "acks", "all");
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            for (Tenant tenant : tenants) {
                producer.send(new ProducerRecord<>(Topics.TENANTS, tenant.id().toString(), TenantCodec.encode(tenant)))
                        .get(20, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException("the tenant was not published", e);
        }
    }
}
