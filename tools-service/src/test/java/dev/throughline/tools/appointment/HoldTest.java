package dev.throughline.tools.appointment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.KafkaTestResource;
import dev.throughline.platform.testing.PostgresTestResource;
import dev.throughline.platform.testing.Tokens;
import dev.throughline.tools.Salon;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A time that is kept for a caller who is deciding. */
@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
@QuarkusTestResource(IdentityTestResource.class)
class HoldTest {

    private final Pool pool;

    HoldTest(Pool pool) {
        this.pool = pool;
    }

    @Test
    void shouldKeepATimeFromOthersAndGiveItToItsHolder() {
        Salon salon = Salon.open();

        JsonNode held = hold(salon, "10:00", "conv_anna");

        assertThat(held.path("success").asBoolean()).as(held.toString()).isTrue();
        assertThat(held.at("/data/message").asText())
                .startsWith("I'm holding Tuesday the ")
                .endsWith(" at ten o'clock with Maria for you for 5 minutes.");
        assertThat(book(salon, "10:00", "conv_ben", "Ben").path("code").asText())
                .isEqualTo("SLOT_TAKEN");
        assertThat(salon.tool("check_availability", visit("10:00"), "conv_ben")
                        .at("/data/slots")
                        .findValuesAsText("startTime"))
                .noneMatch(start -> start.contains("T10:00"));
        // It is no appointment yet.
        given().auth()
                .oauth2(Tokens.operator(salon.id(), "viewer"))
                .get("/api/appointments?from=" + Salon.tuesday() + "&to="
                        + Salon.tuesday().plusDays(1))
                .then()
                .body("id", empty());

        JsonNode booked = book(salon, "10:00", "conv_anna", "Anna Berger");
        assertThat(booked.at("/data/appointment/id")).isEqualTo(held.at("/data/holdId"));
        assertThat(booked.at("/data/appointment/status").asText()).isEqualTo("scheduled");
    }

    @Test
    void shouldBookWhatIsHeldWhenOnlyTheNameIsSaid() {
        Salon salon = Salon.open();
        String id = hold(salon, "11:00", "conv_anna").at("/data/holdId").asText();

        JsonNode booked = salon.tool(
                "book_appointment",
                "{\"holdId\":\"%s\",\"customerName\":\"Anna Berger\"}".formatted(id),
                "conv_of_another_channel");

        assertThat(booked.at("/data/appointment/id").asText()).isEqualTo(id);
        assertThat(booked.at("/data/appointment/startTime").asText()).contains("T11:00");
        assertThat(booked.at("/data/appointment/serviceName").asText()).isEqualTo("Colouring");
    }

    @Test
    void shouldHoldOneTimeForAConversationTheLatest() {
        Salon salon = Salon.open();

        JsonNode first = hold(salon, "10:00", "conv_anna");
        JsonNode again = hold(salon, "10:00", "conv_anna");
        JsonNode second = hold(salon, "13:00", "conv_anna");

        assertThat(again.at("/data/holdId")).isEqualTo(first.at("/data/holdId"));
        assertThat(second.at("/data/holdId")).isEqualTo(first.at("/data/holdId"));
        assertThat(book(salon, "10:00", "conv_ben", "Ben").path("success").asBoolean())
                .isTrue();
        assertThat(book(salon, "13:00", "conv_cleo", "Cleo").path("code").asText())
                .isEqualTo("SLOT_TAKEN");
    }

    @Test
    void shouldKeepTheHeldTimeWhenAnotherOneCannotBeHad() {
        Salon salon = Salon.open();
        book(salon, "13:00", "conv_ben", "Ben");
        hold(salon, "10:00", "conv_anna");

        assertThat(hold(salon, "13:00", "conv_anna").path("code").asText()).isEqualTo("SLOT_TAKEN");

        assertThat(book(salon, "10:00", "conv_ben", "Ben").path("code").asText())
                .isEqualTo("SLOT_TAKEN");
    }

    @Test
    void shouldOfferAHolderTheHeldTimeAndMoveAnAppointmentThere() {
        Salon salon = Salon.open();
        String id = book(salon, "10:00", "conv_anna", "Anna Berger")
                .at("/data/appointment/id")
                .asText();
        hold(salon, "13:00", "conv_anna");
        String conversation = "conv_anna_" + salon.id();

        assertThat(salon.tool("check_availability", visit("13:00"), conversation)
                        .at("/data/slots")
                        .findValuesAsText("startTime"))
                .anyMatch(start -> start.contains("T13:00"));
        JsonNode moved = salon.tool(
                "reschedule_appointment",
                "{\"appointmentId\":\"%s\",\"date\":\"%s\",\"startTime\":\"13:00\"}".formatted(id, Salon.tuesday()),
                conversation);

        assertThat(moved.path("success").asBoolean()).as(moved.toString()).isTrue();
        assertThat(moved.at("/data/appointment/id").asText()).isEqualTo(id);
        assertThat(book(salon, "10:00", "conv_ben", "Ben").path("success").asBoolean())
                .isTrue();
    }

    @Test
    void shouldReviveAHoldThatRanOutIfNobodyTookTheTime() {
        Salon salon = Salon.open();
        hold(salon, "10:00", "conv_anna");
        runOut(salon);

        assertThat(book(salon, "10:00", "conv_anna", "Anna Berger")
                        .path("success")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void shouldGiveATimeWhoseHoldRanOutToTheNextAndOfferTheFirstSomethingElse() {
        Salon salon = Salon.open();
        hold(salon, "10:00", "conv_anna");
        runOut(salon);

        assertThat(book(salon, "10:00", "conv_ben", "Ben").path("success").asBoolean())
                .isTrue();
        JsonNode late = book(salon, "10:00", "conv_anna", "Anna Berger");

        assertThat(late.path("code").asText()).isEqualTo("SLOT_TAKEN");
        assertThat(late.at("/data/slots")).isNotEmpty();
    }

    @Test
    void shouldGiveATimeToOneOfManyWhoHoldBookAndConfirmAtOnce() throws Exception {
        Salon salon = Salon.open();
        hold(salon, "10:00", "conv_first");
        runOut(salon);

        List<Future<JsonNode>> running = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 30; i++) {
                String conversation = "conv_" + i;
                boolean holds = i % 2 == 0;
                running.add(threads.submit(() ->
                        holds ? hold(salon, "10:00", conversation) : book(salon, "10:00", conversation, "Somebody")));
            }
            running.add(threads.submit(() -> book(salon, "10:00", "conv_first", "Anna Berger")));
        }

        int got = 0;
        for (Future<JsonNode> one : running) {
            JsonNode answer = one.get();
            got += answer.path("success").asBoolean() ? 1 : 0;
            assertThat(answer.path("code").asText()).isIn("", "SLOT_TAKEN");
        }
        assertThat(got).isEqualTo(1);
    }

    private void runOut(Salon salon) {
        for (String sql : List.of(
                "UPDATE appointment SET held_until = now() - interval '1 minute' WHERE tenant_id = $1 AND status = 'held'",
                "UPDATE blocked_time SET held_until = now() - interval '1 minute' WHERE tenant_id = $1 AND held_until IS NOT NULL")) {
            pool.preparedQuery(sql).execute(Tuple.of(salon.id())).await().atMost(Duration.ofSeconds(10));
        }
    }

    private static JsonNode hold(Salon salon, String time, String conversation) {
        return salon.tool("hold_slot", visit(time), conversation + "_" + salon.id());
    }

    private static JsonNode book(Salon salon, String time, String conversation, String name) {
        return salon.tool(
                "book_appointment",
                visit(time).replace("}", ",\"customerName\":\"" + name + "\"}"),
                conversation + "_" + salon.id());
    }

    private static String visit(String time) {
        return "{\"service\":\"colouring\",\"date\":\"%s\",\"startTime\":\"%s\"}".formatted(Salon.tuesday(), time);
    }
}
