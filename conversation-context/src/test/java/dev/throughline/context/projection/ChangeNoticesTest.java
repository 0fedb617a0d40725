package dev.throughline.context.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ChangeNoticesTest {

    @Test
    void shouldTellOtherReplicasOfEveryLeadAndItselfOfNone() {
        ChangeNotices here = new ChangeNotices();
        Map<UUID, UUID> leads = new HashMap<>();
        for (int i = 0; i < 2_000; i++) {
            leads.put(UUID.randomUUID(), UUID.randomUUID());
        }

        List<String> payloads = here.of(new LeadsChanged(leads));

        Map<UUID, UUID> heard = new HashMap<>();
        ChangeNotices there = new ChangeNotices();
        for (String payload : payloads) {
            // What PostgreSQL takes in one notification.
            assertThat(payload.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(8_000);
            assertThat(here.read(payload)).isEmpty();
            heard.putAll(there.read(payload).orElseThrow().tenantByLead());
        }
        assertThat(heard).isEqualTo(leads);
    }
}
