package dev.throughline.platform.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.events.ChannelEvent;
import dev.throughline.events.EventCodec;
import dev.throughline.events.EventIds;
import dev.throughline.events.LeadEvent;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.SmsEvent;
import dev.throughline.events.Topics;
import dev.throughline.events.context.LeadContext;
import dev.throughline.platform.kafka.Records;
import dev.throughline.platform.testing.KafkaProbe;
import dev.throughline.platform.testing.KafkaTestResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LeadFromKafkaTest {

    private static final Path SOURCE = Path.of("src/test/java/dev/throughline/platform/example/LeadFromKafka.java");

    private final UUID tenantId = UUID.randomUUID();
    private final UUID leadId = UUID.randomUUID();

    @Test
    void shouldRebuildALeadFromKafkaAloneWithRepeatsAndPoisonBetween() {
        List<RecordedEvent> events = List.of(
                event(new SmsEvent.Received("SM1", "+12025550142", "+12025550100", "Hi", 1, List.of()), 1),
                event(new LeadEvent.ProfileChanged("Anna Berger", null, null), 2));
        try (KafkaProbe topic = new KafkaProbe()) {
            events.forEach(event -> send(topic, event));
            topic.send(Records.of(Topics.CHANNEL_EVENTS, leadId.toString(), Map.of(), new byte[] {'{'}));
            send(topic, events.getFirst());
        }

        assertThat(LeadFromKafka.read(KafkaTestResource.bootstrapServers(), leadId))
                .isEqualTo(LeadContext.of(tenantId, leadId, events));
        assertThat(LeadFromKafka.read(KafkaTestResource.bootstrapServers(), UUID.randomUUID()))
                .isNull();
    }

    @Test
    void shouldStandInTheDocumentationAsItIs() throws IOException {
        String source = Files.readString(SOURCE);
        String shown = source.substring(source.indexOf("/** What is known of a lead"));

        assertThat(Files.readString(Path.of("../docs/events/README.md"))).contains(shown);
    }

    private RecordedEvent event(ChannelEvent event, int second) {
        Instant time = Instant.parse("2026-11-20T17:00:00Z").plusSeconds(second);
        return new RecordedEvent(EventIds.of("example", leadId, second), time, "test", tenantId, leadId, event);
    }

    private static void send(KafkaProbe topic, RecordedEvent event) {
        EventCodec.Encoded encoded = EventCodec.encode(event);
        topic.send(Records.of(Topics.CHANNEL_EVENTS, encoded.key(), encoded.headers(), encoded.value()));
    }
}
