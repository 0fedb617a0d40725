package dev.throughline.tools.invocation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.events.AppointmentEvent;
import dev.throughline.events.ChannelEvent;
import dev.throughline.events.EventIds;
import dev.throughline.events.LeadEvent;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.context.LeadContext;
import dev.throughline.events.lead.ContactAddress;
import dev.throughline.events.lead.LeadIds;
import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.KafkaTestResource;
import dev.throughline.platform.testing.PostgresTestResource;
import dev.throughline.tools.Salon;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The tools that ask other services: texts and what is known of a customer. */
@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
@QuarkusTestResource(IdentityTestResource.class)
@QuarkusTestResource(Switchboard.class)
class NeighbourToolsTest {

    @Test
    void shouldTextTheCustomerOfTheConversationOnceForTheSameWords() {
        Salon salon = Salon.open();
        String words = "202 queued Colouring on Tuesday " + UUID.randomUUID();
        UUID lead = LeadIds.of(salon.id(), ContactAddress.phone("+12025550142"));
        String call =
                "{\"lead_id\":\"%s\",\"customer_phone\":\"+12025550142\",\"message\":\"%s\"}".formatted(lead, words);

        JsonNode answer = salon.tool("send_sms", call, "conv_text");
        salon.tool("send_sms", call, "conv_text");

        assertThat(answer.path("success").asBoolean()).isTrue();
        assertThat(answer.at("/data/message").asText()).isEqualTo("The text is on its way to you.");
        List<Switchboard.Asked> asked = Switchboard.texts(words);
        assertThat(asked).hasSize(2).allSatisfy(one -> {
            assertThat(one.claims()).isNotNull();
            assertThat(one.claims().tenantId()).isEqualTo(salon.id());
            assertThat(one.body().path("to").asText()).isEqualTo("+12025550142");
            assertThat(one.body().path("purpose").asText()).isEqualTo("agent-tool");
        });
        // The key that makes the second one none.
        assertThat(asked.get(0).claims().subject())
                .isEqualTo(asked.get(1).claims().subject());
        salon.tool("send_sms", call, "conv_other");
        assertThat(Switchboard.texts(words).get(2).claims().subject())
                .isNotEqualTo(asked.get(0).claims().subject());
    }

    @Test
    void shouldLetAVisitorOfAPageBeNobodyElse() {
        Salon salon = Salon.open();
        String words = "202 queued See you " + UUID.randomUUID();
        UUID victim = LeadIds.of(salon.id(), ContactAddress.phone("+12025550143"));
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        Switchboard.knows(LeadContext.of(
                salon.id(),
                victim,
                List.of(new RecordedEvent(
                        EventIds.of("test", victim),
                        now,
                        "test",
                        salon.id(),
                        victim,
                        new LeadEvent.ProfileChanged("Anna Berger", null, null)))));
        String call =
                "{\"lead_id\":\"%s\",\"customer_phone\":\"+12025550143\",\"phone\":\"+12025550143\",\"message\":\"%s\"}"
                        .formatted(victim, words);
        UUID visitor = UUID.randomUUID();
        Switchboard.gave("conv_page", visitor);

        assertThat(salon.tool("get_lead_context", call, "conv_page").toString()).doesNotContain("Anna");
        salon.tool("send_sms", call, "conv_page");
        assertThat(Switchboard.texts(words)).singleElement().satisfies(asked -> {
            assertThat(asked.body().has("to")).isFalse();
            assertThat(asked.body().path("leadId").asText()).isEqualTo(visitor.toString());
        });
        assertThat(salon.tool("get_lead_context", call, "conv_phone").toString())
                .contains("Anna");
    }

    @Test
    void shouldSayWhyATextDoesNotComeOrComesLater() {
        Salon salon = Salon.open();

        JsonNode later = text(salon, "202 scheduled");
        assertThat(later.path("success").asBoolean()).isTrue();
        assertThat(later.at("/data/message").asText()).contains("at eight o'clock");
        assertThat(text(salon, "409 OPTED_OUT").path("code").asText()).isEqualTo("OPTED_OUT");
        assertThat(text(salon, "409 OPTED_OUT").path("error").asText()).contains("START");
        assertThat(text(salon, "409 NO_SENDER").path("code").asText()).isEqualTo("NO_SENDER");
        assertThat(text(salon, "429 RATE_LIMITED").path("code").asText()).isEqualTo("RATE_LIMITED");
        assertThat(text(salon, "500 INTERNAL_ERROR").path("code").asText()).isEqualTo("TEXT_UNAVAILABLE");
        assertThat(text(salon, "silence").path("error").asText()).contains("cannot tell whether");
        assertThat(text(salon, "").path("code").asText()).isEqualTo("TEXT_REQUIRED");
        assertThat(text(salon, "x".repeat(2_000)).path("code").asText()).isEqualTo("TEXT_TOO_LONG");
        assertThat(salon.tool("send_sms", "{\"message\":\"hello\"}")
                        .path("code")
                        .asText())
                .isEqualTo("NUMBER_UNKNOWN");
    }

    @Test
    void shouldTellWhatIsKnownOfTheCustomerOfThisTenantOnly() {
        Salon salon = Salon.open();
        UUID lead = LeadIds.of(salon.id(), ContactAddress.phone("+12025550147"));
        Instant start = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(3, ChronoUnit.DAYS);
        Switchboard.knows(LeadContext.of(
                salon.id(),
                lead,
                List.of(
                        event(salon, lead, new LeadEvent.ProfileChanged("Anna Berger", null, null)),
                        event(
                                salon,
                                lead,
                                new AppointmentEvent.Booked(new AppointmentEvent.Appointment(
                                        "appt-1",
                                        1,
                                        "svc",
                                        "Colouring",
                                        "emp",
                                        "Maria",
                                        start,
                                        start.plus(2, ChronoUnit.HOURS),
                                        "scheduled",
                                        "Anna Berger",
                                        null))))));

        JsonNode known = salon.tool("get_lead_context", "{\"customer_phone\":\"+12025550147\"}");
        JsonNode unknown = salon.tool("get_lead_context", "{\"customer_phone\":\"+12025550148\"}");
        JsonNode stranger = Salon.open().tool("get_lead_context", "{\"lead_id\":\"%s\"}".formatted(lead));

        assertThat(known.at("/data/customerName").asText()).isEqualTo("Anna Berger");
        assertThat(known.at("/data/message").asText())
                .startsWith("I am speaking with Anna Berger. The next appointment is Colouring on ");
        assertThat(known.at("/data/context").asText()).contains("Previous conversation context", "Colouring");
        assertThat(known.at("/data/appointments")).hasSize(1);
        for (JsonNode nothing : List.of(unknown, stranger)) {
            assertThat(nothing.path("success").asBoolean()).isTrue();
            assertThat(nothing.at("/data/known").asBoolean()).isFalse();
        }
        assertThat(salon.tool("get_lead_context", "{}").path("code").asText()).isEqualTo("CUSTOMER_UNKNOWN");
    }

    private static JsonNode text(Salon salon, String words) {
        return salon.tool("send_sms", "{\"customer_phone\":\"+12025550142\",\"message\":\"%s\"}".formatted(words));
    }

    private static RecordedEvent event(Salon salon, UUID lead, ChannelEvent event) {
        return new RecordedEvent(EventIds.of("test", lead, event), Instant.now(), "test", salon.id(), lead, event);
    }
}
