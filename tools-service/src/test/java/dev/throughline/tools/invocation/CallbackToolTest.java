package dev.throughline.tools.invocation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.KafkaTestResource;
import dev.throughline.platform.testing.PostgresTestResource;
import dev.throughline.tools.Salon;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
@QuarkusTestResource(IdentityTestResource.class)
@QuarkusTestResource(Promises.class)
class CallbackToolTest {

    private final UUID lead = UUID.randomUUID();

    @Test
    void shouldPromiseACallAtTheTimeThatWasSaidOnceHoweverOftenItIsAsked() {
        Salon salon = Salon.open();
        String arguments =
                "{\"lead_id\":\"%s\",\"date\":\"%s\",\"startTime\":\"3 pm\",\"reason\":\"the {price} of colouring\"}"
                        .formatted(lead, Salon.tuesday());

        JsonNode answer = salon.tool("schedule_callback", arguments, "conv_promise");
        salon.tool("request_callback", arguments, "conv_promise");

        Instant three = Salon.tuesday()
                .atTime(LocalTime.of(15, 0))
                .atZone(ZoneId.of("America/New_York"))
                .toInstant();
        assertThat(answer.path("success").asBoolean()).isTrue();
        assertThat(answer.at("/data/message").asText())
                .startsWith("We will call you")
                .contains("three");
        assertThat(Promises.about(lead)).hasSize(2).allSatisfy(asked -> {
            assertThat(Instant.parse(asked.body().path("at").asText())).isEqualTo(three);
            assertThat(asked.body().path("questions").get(0).asText())
                    .isEqualTo("You asked for our call about: the price of colouring. How can we help?");
            assertThat(asked.claims().tenantId()).isEqualTo(salon.id());
            assertThat(asked.claims().subject())
                    .isEqualTo(Promises.about(lead).getFirst().claims().subject());
        });
    }

    @Test
    void shouldAskBackOrSaySorry() {
        assertThat(code("{\"lead_id\":\"" + lead + "\",\"startTime\":\"some time\"}"))
                .isEqualTo("TIME_NOT_UNDERSTOOD");
        assertThat(code("{\"lead_id\":\"" + lead + "\"}")).isEqualTo("TIME_NOT_UNDERSTOOD");
        assertThat(code("{\"startTime\":\"3 pm\"}")).isEqualTo("NO_NUMBER");
        String soon = "{\"lead_id\":\"" + lead + "\",\"date\":\"" + Salon.tuesday() + "\",\"startTime\":\"3 pm\"}";
        Promises.refuse(lead, 400);
        assertThat(code(soon)).isEqualTo("BAD_TIME");
        Promises.refuse(lead, 422);
        assertThat(code(soon)).isEqualTo("NO_NUMBER");
        Promises.refuse(lead, 500);
        assertThat(code(soon)).isEqualTo("CALLBACK_UNAVAILABLE");
    }

    @Test
    void shouldPromiseNothingToAStranger() {
        given().contentType("application/json")
                .body("{\"lead_id\":\"" + lead + "\",\"startTime\":\"3 pm\"}")
                .post("/api/tools/schedule_callback")
                .then()
                .statusCode(401);
        assertThat(Promises.about(lead)).isEmpty();
    }

    private static String code(String arguments) {
        return Salon.open().tool("schedule_callback", arguments).path("code").asText();
    }
}
