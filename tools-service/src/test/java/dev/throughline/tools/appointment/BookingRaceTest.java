package dev.throughline.tools.appointment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.KafkaTestResource;
import dev.throughline.platform.testing.PostgresTestResource;
import dev.throughline.tools.Salon;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
@QuarkusTestResource(IdentityTestResource.class)
class BookingRaceTest {

    @Test
    void shouldBookOneSlotOnceOfAHundredAtOnce() throws Exception {
        Salon salon = Salon.open();

        List<JsonNode> answers =
                atOnce(100, i -> salon.tool("book_appointment", colouring("10:00", "Customer " + i), "conv_race_" + i));

        assertThat(answers.stream().filter(answer -> answer.path("success").asBoolean()))
                .hasSize(1);
        assertThat(answers.stream().filter(answer -> !answer.path("success").asBoolean()))
                .hasSize(99)
                .allSatisfy(refused -> {
                    assertThat(refused.path("code").asText()).isEqualTo("SLOT_TAKEN");
                    assertThat(refused.path("data").path("slots")).isNotEmpty();
                });
    }

    @Test
    void shouldBookOnceForACallRepeatedAtOnceAndLater() throws Exception {
        Salon salon = Salon.open();
        String call = colouring("10:00", "Anna Berger");

        List<JsonNode> answers = atOnce(20, i -> salon.tool("book_appointment", call, "conv_same"));

        assertThat(Set.copyOf(answers)).hasSize(1);
        assertThat(answers.getFirst().path("success").asBoolean()).isTrue();
        assertThat(salon.tool("create_appointment", call.replace("colouring", "The Coloring"), "conv_same"))
                .isEqualTo(answers.getFirst());
    }

    @Test
    void shouldTakeAnIdempotencyKeyForWhatItSays() {
        Salon salon = Salon.open();

        JsonNode first = withKey(salon, "conv_one", "key-1");
        JsonNode again = withKey(salon, "conv_two", "key-1");
        JsonNode other = withKey(salon, "conv_two", "key-2");

        assertThat(again).isEqualTo(first);
        assertThat(other.path("code").asText()).isEqualTo("SLOT_TAKEN");
    }

    private static JsonNode withKey(Salon salon, String conversation, String key) {
        return Salon.json(given().header("X-Tool-Secret", salon.secret())
                .header("X-Conversation-Id", conversation)
                .header("Idempotency-Key", key)
                .contentType("application/json")
                .body(colouring("10:00", "Anna Berger"))
                .post("/api/tools/book_appointment"));
    }

    @Test
    void shouldBookAgainWhatWasCancelledInBetween() {
        Salon salon = Salon.open();
        String call = colouring("10:00", "Anna Berger");
        JsonNode first = salon.tool("book_appointment", call, "conv_again");
        String id = first.path("data").path("appointment").path("id").asText();
        salon.tool("cancel_appointment", "{\"appointmentId\":\"" + id + "\"}", "conv_again");

        JsonNode second = salon.tool("book_appointment", call, "conv_again");

        assertThat(second.path("success").asBoolean()).isTrue();
        assertThat(second.path("data").path("appointment").path("id").asText()).isNotEqualTo(id);
    }

    @Test
    void shouldNotRememberARefusal() {
        Salon salon = Salon.open();
        JsonNode taken = salon.tool("book_appointment", colouring("10:00", "Ben"), "conv_ben");
        String call = colouring("10:00", "Anna Berger");
        assertThat(salon.tool("book_appointment", call, "conv_anna")
                        .path("code")
                        .asText())
                .isEqualTo("SLOT_TAKEN");
        salon.tool(
                "cancel_appointment",
                "{\"appointmentId\":" + taken.path("data").path("appointment").path("id") + "}");

        assertThat(salon.tool("book_appointment", call, "conv_anna")
                        .path("success")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void shouldMoveOnlyOneOfManyToOneSlot() throws Exception {
        Salon salon = Salon.open();
        List<String> ids = new ArrayList<>();
        for (String time : List.of("09:00", "11:00", "13:00")) {
            ids.add(salon.tool("book_appointment", colouring(time, "At " + time))
                    .path("data")
                    .path("appointment")
                    .path("id")
                    .asText());
        }

        List<JsonNode> answers = atOnce(
                3,
                i -> salon.tool(
                        "reschedule_appointment",
                        "{\"appointmentId\":\"%s\",\"date\":\"%s\",\"startTime\":\"15:00\"}"
                                .formatted(ids.get(i), Salon.tuesday())));

        assertThat(new HashSet<>(ids)).hasSize(3);
        assertThat(answers.stream().filter(answer -> answer.path("success").asBoolean()))
                .hasSize(1);
        assertThat(answers.stream().map(answer -> answer.path("code").asText())).containsOnly("", "SLOT_TAKEN");
    }

    private static String colouring(String time, String name) {
        return "{\"service\":\"colouring\",\"date\":\"%s\",\"startTime\":\"%s\",\"customerName\":\"%s\"}"
                .formatted(Salon.tuesday(), time, name);
    }

    private static List<JsonNode> atOnce(int calls, IntFunction<JsonNode> call) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<JsonNode>> running = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
                int number = i;
                running.add(threads.submit(() -> call.apply(number)));
            }
            List<JsonNode> answers = new ArrayList<>();
            for (Future<JsonNode> one : running) {
                answers.add(one.get());
            }
            return answers;
        }
    }
}
