package dev.throughline.platform.elevenlabs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.events.tenant.TenantSettings;
import dev.throughline.platform.elevenlabs.ConversationVariables.Facts;
import dev.throughline.platform.elevenlabs.ConversationVariables.Medium;
import dev.throughline.platform.testing.TestTenants;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ConversationVariablesTest {

    private static final String[] NAMES = {
        "tenant_id",
        "tenant_name",
        "business_name",
        "lead_id",
        "customer_phone",
        "caller_number",
        "call_sid",
        "call_id",
        "conversation_context",
        "questions",
        "questions_text",
        "business_hours_summary",
        "greeting",
        "ai_tone",
        "channel",
        "time_zone",
        "today"
    };

    @Test
    void shouldNeverGreetWithSilence() {
        Tenant salon = TestTenants.salon("+12025550100");
        Tenant plain = new Tenant(
                salon.id(),
                salon.name(),
                salon.twilioPhoneNumber(),
                null,
                salon.timeZone(),
                salon.country(),
                salon.language(),
                salon.voicePath(),
                TenantSettings.empty(),
                List.of(),
                1);
        Map<String, String> variables = ConversationVariables.of(
                plain, "", new Facts(UUID.randomUUID(), null, null, null, Medium.VOICE), Instant.EPOCH);
        assertThat(variables).containsEntry("greeting", "Hello, this is Harbour Salon. How can I help?");
    }

    @Test
    void shouldAlwaysHoldEveryVariable() {
        // Already Tuesday in London, still Monday in New York.
        Instant now = Instant.parse("2026-11-24T02:00:00Z");
        UUID lead = UUID.randomUUID();
        Map<String, String> text = ConversationVariables.of(
                TestTenants.salon("+12025550100"),
                Optional.empty(),
                new Facts(lead, null, null, null, Medium.SMS),
                now);
        assertThat(text).containsOnlyKeys(NAMES).doesNotContainValue(null);
        assertThat(text)
                .containsEntry("lead_id", lead.toString())
                .containsEntry("call_sid", "")
                .containsEntry("channel", "sms")
                .containsEntry("business_name", "Harbour Salon")
                .containsEntry("time_zone", "America/New_York")
                .containsEntry("today", "Monday, 23 November 2026");
        Map<String, String> call = ConversationVariables.of(
                TestTenants.salon("+12025550100"),
                "You texted us.",
                new Facts(lead, "+12025550142", "CA1", "c1", Medium.VOICE),
                now);
        assertThat(call)
                .containsOnlyKeys(NAMES)
                .containsEntry("customer_phone", "+12025550142")
                .containsEntry("caller_number", "+12025550142")
                .containsEntry("conversation_context", "You texted us.")
                .containsEntry("channel", "voice");
    }
}
