package dev.throughline.context.projection;

import dev.throughline.events.RecordedEvent;
import dev.throughline.platform.kafka.PoisonRecordException;
import dev.throughline.platform.kafka.Records;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * An event as it came from the topic.
 *
 * @param json the record's value as it stood
 */
record Arrived(int partition, long offset, RecordedEvent event, String json) {

    /**
     * Reads a record.
     *
     * @throws PoisonRecordException when it is no event, or its key is not its lead (it would not be in the lead's order)
     */
    static Arrived of(ConsumerRecord<String, byte[]> record) {
        RecordedEvent event = Records.event(record);
        if (!event.leadId().toString().equals(record.key())) {
            throw new PoisonRecordException("the key is not the lead of the event", null);
        }
        // PostgreSQL keeps microseconds; the fold must not depend on whether an event came from the topic or from the
        // log.
        RecordedEvent kept = new RecordedEvent(
                event.id(),
                event.time().truncatedTo(ChronoUnit.MICROS),
                event.source(),
                event.tenantId(),
                event.leadId(),
                event.event());
        return new Arrived(
                record.partition(), record.offset(), kept, new String(record.value(), StandardCharsets.UTF_8));
    }
}
