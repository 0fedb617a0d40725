package dev.throughline.localstack.bench.context;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Channel events as they stand on the topic: half texts, half turns of calls, with words of an ordinary length. */
final class EventMaker {

    static final String TOPIC = "channel-events-v1";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] WORDS =
            ("would you have time for a colouring on tuesday morning or maybe later in the week"
                            + " i could come at nine or after one thank you that is perfect see you then")
                    .split(" ");

    /**
     * One event.
     *
     * @param value its JSON
     */
    record Made(UUID id, UUID leadId, String type, Instant time, String value) {}

    private final UUID tenantId;
    private final Random random = new Random(7);
    private Instant time = Instant.now().minusSeconds(86_400);

    EventMaker(UUID tenantId) {
        this.tenantId = tenantId;
    }

    Made next(UUID leadId) {
        return random.nextBoolean() ? text(leadId, words()) : turn(leadId, words());
    }

    Made text(UUID leadId, String words) {
        String sid = "SM" + hex();
        return made(
                leadId,
                "sms.received",
                Map.of(
                        "messageSid",
                        sid,
                        "from",
                        "+12025550142",
                        "to",
                        "+12025550100",
                        "text",
                        words,
                        "segments",
                        1,
                        "mediaUrls",
                        List.of()));
    }

    private Made turn(UUID leadId, String words) {
        String call = leadId.toString().substring(0, 8);
        return made(
                leadId,
                "call.turn",
                Map.of(
                        "callId",
                        "CA" + call,
                        "conversationId",
                        "conv_" + call,
                        "turn",
                        random.nextInt(1_000),
                        "speaker",
                        random.nextBoolean() ? "AGENT" : "CUSTOMER",
                        "text",
                        words,
                        "interrupted",
                        false));
    }

    private Made made(UUID leadId, String type, Map<String, Object> data) {
        time = time.plusMillis(1);
        try {
            return new Made(UUID.randomUUID(), leadId, type, time, JSON.writeValueAsString(data));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("maps always serialise", impossible);
        }
    }

    ProducerRecord<String, byte[]> record(Made made) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(
                TOPIC, made.leadId().toString(), made.value().getBytes(StandardCharsets.UTF_8));
        Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", made.id().toString(),
                        "ce_type", made.type(),
                        "ce_source", "bench",
                        "ce_time", made.time().toString(),
                        "ce_subject", made.leadId().toString(),
                        "ce_tenantid", tenantId.toString(),
                        "content-type", "application/json")
                .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    private String words() {
        StringBuilder text = new StringBuilder();
        int count = 5 + random.nextInt(12);
        for (int i = 0; i < count; i++) {
            text.append(text.isEmpty() ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
        }
        return text.toString();
    }

    private String hex() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
