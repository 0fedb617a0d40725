package dev.throughline.localstack.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Everything known of one customer, from both sides.
 *
 * @param customer what it did
 * @param answeredCalls those of its calls whose webhook was answered with instructions, so that we must know of them
 * @param answers texts the stand-in was asked to send to it
 * @param events of its lead on the topic, each once
 * @param page bodies of its texts on the operator's page, oldest first
 */
record Seen(Customer customer, List<String> answeredCalls, int answers, List<JsonNode> events, List<String> page) {

    /** Texts that were taken and are not on the topic or not on the page. */
    int lostTexts() {
        List<String> told = values("sms.received", "text");
        return (int) customer.texts().stream()
                .filter(body -> !told.contains(body) || !page.contains(body))
                .count();
    }

    /** Texts that stand twice on the topic, by their id, or on the page. */
    int doubledTexts() {
        return repeated(values("sms.received", "messageSid"))
                + Math.max(0, repeated(page) - repeated(customer.texts()));
    }

    /** Texts of the customer's that were answered more than once. */
    int doubledAnswers() {
        return repeated(values("sms.sent", "inReplyTo").stream()
                .filter(sid -> !sid.isEmpty())
                .toList());
    }

    /** The difference between what the carrier was asked to send and what we say was sent. */
    int untoldAnswers() {
        return Math.abs(answers - values("sms.sent", "text").size());
    }

    /** Texts sent after STOP. */
    int afterStop() {
        return customer.hasStopped() ? Math.max(0, answers - customer.answersAtStop()) : 0;
    }

    /**
     * Whether nothing was sent since the last text, to a customer who may be answered. Several texts get one answer, which names the latest by
     * the clock of whoever took it; so what counts is that an answer follows.
     */
    boolean leftAlone() {
        boolean answered = false;
        for (JsonNode event : events) {
            switch (event.path("type").asText()) {
                case "sms.received" -> answered = false;
                case "sms.sent" -> answered |= !event.path("inReplyTo").asText().isEmpty();
                default -> {
                    // Not of a text.
                }
            }
        }
        return !customer.hasStopped() && !answered;
    }

    /** Answered calls that are not on the topic. */
    int lostCalls() {
        List<String> started = values("call.started", "callId");
        return (int)
                answeredCalls.stream().filter(sid -> !started.contains(sid)).count();
    }

    /** Calls told to have begun, or ended, twice. */
    int doubledCalls() {
        return repeated(values("call.started", "callId")) + repeated(values("call.ended", "callId"));
    }

    /** Calls that began and never ended. */
    int openCalls() {
        List<String> ended = values("call.ended", "callId");
        return (int) values("call.started", "callId").stream()
                .distinct()
                .filter(sid -> !ended.contains(sid))
                .count();
    }

    private List<String> values(String type, String field) {
        List<String> values = new ArrayList<>();
        Function<JsonNode, String> value = event -> event.path(field).asText();
        events.stream()
                .filter(event -> event.path("type").asText().equals(type))
                .map(value)
                .forEach(values::add);
        return values;
    }

    private static int repeated(List<String> values) {
        return values.size() - (int) values.stream().distinct().count();
    }
}
