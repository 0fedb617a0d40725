package dev.throughline.sms.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.events.tenant.TextSettings;
import dev.throughline.events.tenant.TextSettings.OnFailure;
import dev.throughline.platform.testing.TestTenants;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SenderTest {

    private static final String FIRST = "+12025550101";
    private static final String SECOND = "+12025550102";
    private static final String SERVICE = "MG" + "0".repeat(32);

    private static Tenant salon(@Nullable String service, String... further) {
        Tenant salon = TestTenants.salon(FIRST);
        var texts = new TextSettings(null, null, null, service, List.of(further), null, null, OnFailure.NOTHING, null);
        return new Tenant(
                salon.id(),
                salon.name(),
                FIRST,
                null,
                salon.timeZone(),
                "US",
                "en",
                Tenant.VoicePath.BRIDGE,
                salon.settings().with(texts),
                salon.toolSecretHashes(),
                2);
    }

    private static String numberFor(Tenant tenant, UUID lead, @Nullable String known) {
        return Sender.of(tenant, lead, known).orElseThrow().number();
    }

    @Test
    void shouldKeepTheNumberALeadKnowsAsLongAsTheTenantHasIt() {
        UUID lead = UUID.randomUUID();
        assertThat(numberFor(salon(null, SECOND), lead, SECOND)).isEqualTo(SECOND);
        assertThat(numberFor(salon(null), lead, SECOND)).isEqualTo(FIRST);
    }

    @Test
    void shouldShareNewLeadsAmongTheNumbersAndKeepEachToOne() {
        Tenant salon = salon(null, SECOND);
        List<UUID> leads = Stream.generate(UUID::randomUUID).limit(200).toList();

        assertThat(leads).extracting(lead -> numberFor(salon, lead, null)).contains(FIRST, SECOND);
        assertThat(leads)
                .allSatisfy(lead -> assertThat(numberFor(salon, lead, null)).isEqualTo(numberFor(salon, lead, null)));
    }

    @Test
    void shouldPaceTheMessagingServiceWhereThereIsOne() {
        UUID lead = UUID.randomUUID();
        assertThat(Sender.of(salon(SERVICE), lead, null).orElseThrow().paceKey())
                .isEqualTo(SERVICE);
        assertThat(Sender.of(salon(null), lead, null).orElseThrow().paceKey()).isEqualTo(FIRST);
    }
}
