package dev.throughline.tools.appointment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.KafkaTestResource;
import dev.throughline.platform.testing.PostgresTestResource;
import dev.throughline.platform.testing.Tokens;
import dev.throughline.tools.Salon;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
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
        // Who lost the new time still has the old one.
        assertThat(startsOf(salon))
                .hasSize(3)
                .contains("15:00")
                .filteredOn(start -> !start.equals("15:00"))
                .hasSize(2);
    }

    @Test
    void shouldBookOnceAndAnswerTheSameWhenTheFirstAnswerWasLost() throws Exception {
        Salon salon = Salon.open();
        String call = colouring("10:00", "Anna Berger");

        // The caller hangs up before the answer comes.
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.getOutputStream()
                    .write(("POST /api/tools/book_appointment HTTP/1.1\r\nHost: localhost\r\nX-Tool-Secret: "
                                    + salon.secret()
                                    + "\r\nX-Conversation-Id: conv_lost\r\nContent-Type: application/json\r\nContent-Length: "
                                    + call.length() + "\r\n\r\n" + call)
                            .getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            await().until(() -> !startsOf(salon).isEmpty());
        }
        JsonNode again = salon.tool("book_appointment", call, "conv_lost");

        assertThat(again.path("success").asBoolean()).isTrue();
        assertThat(again).isEqualTo(salon.tool("book_appointment", call, "conv_lost"));
        assertThat(startsOf(salon)).containsExactly("10:00");
    }

    @Test
    void shouldBookNoMoreVisitsAtOnceThanThereAreChairs() throws Exception {
        Salon salon = Salon.open();
        String path = "/api/tenants/" + salon.id();
        for (String name : List.of("Kim", "Lee", "Max")) {
            Salon.post(path + "/staff", "{\"name\":\"" + name + "\"}").then().statusCode(201);
        }
        for (String name : List.of("Chair 1", "Chair 2")) {
            Salon.post(path + "/chairs", "{\"name\":\"" + name + "\"}").then().statusCode(201);
        }

        List<JsonNode> answers =
                atOnce(20, i -> salon.tool("book_appointment", colouring("10:00", "Customer " + i), "conv_chair_" + i));

        List<JsonNode> booked = answers.stream()
                .filter(answer -> answer.path("success").asBoolean())
                .toList();
        assertThat(booked).hasSize(2);
        assertThat(booked.stream().map(answer -> answer.at("/data/appointment/items/0/chairName")
                        .asText()))
                .containsExactlyInAnyOrder("Chair 1", "Chair 2");
        assertThat(answers.stream().map(answer -> answer.path("code").asText())).containsOnly("", "SLOT_TAKEN");
    }

    @Test
    void shouldBookVisitsWithTwoServicesAtOnceWithoutAnError() throws Exception {
        Salon salon = Salon.open();
        String both = "{\"service\":\"%s\",\"date\":\"%s\",\"startTime\":\"10:00\",\"customerName\":\"%s\"}";

        List<JsonNode> answers = atOnce(
                20,
                i -> salon.tool(
                        "book_appointment",
                        both.formatted(
                                i % 2 == 0 ? "colouring and haircut" : "haircut and colouring",
                                Salon.tuesday(),
                                "C" + i),
                        "conv_both_" + i));

        assertThat(answers.stream().map(answer -> answer.path("code").asText())).containsOnly("", "SLOT_TAKEN");
        assertThat(answers.stream().filter(answer -> answer.path("success").asBoolean()))
                .isNotEmpty();
    }

    private static List<String> startsOf(Salon salon) {
        JsonNode week = Salon.json(given().auth()
                .oauth2(Tokens.operator(salon.id(), "viewer"))
                .get("/api/appointments?from=" + Salon.tuesday() + "&to="
                        + Salon.tuesday().plusDays(1)));
        return week.findValuesAsText("startTime").stream()
                .map(start -> start.substring(11, 16))
                .distinct()
                .toList();
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
