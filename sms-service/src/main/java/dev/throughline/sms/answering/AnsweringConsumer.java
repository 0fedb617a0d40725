package dev.throughline.sms.answering;

import dev.throughline.events.Topics;
import dev.throughline.platform.kafka.GroupConsumer;
import dev.throughline.platform.kafka.KafkaClients;
import dev.throughline.platform.kafka.Records;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Answers the leads of the partitions this replica owns: {@code sms.received} wakes the lead, and so does a human who gives it back. */
@Startup
@Singleton
class AnsweringConsumer {

    private static final String GROUP = "sms-service";
    /** After these a lead may have a text waiting. Their type and lead stand outside of their value, which is not even read. */
    private static final Set<String> WAKING = Set.of("sms.received", "operator.gave-back");
    /** One question to the database each. */
    private static final int MOST_RECORDS = 500;

    private final KafkaClients clients;
    private final Answering answering;
    private @Nullable GroupConsumer consumer;

    AnsweringConsumer(KafkaClients clients, Answering answering) {
        this.clients = clients;
        this.answering = answering;
    }

    @PostConstruct
    void start() {
        consumer = GroupConsumer.startBlocking(
                clients,
                GroupConsumer.Settings.of(Topics.CHANNEL_EVENTS, GROUP).withMaxBatch(MOST_RECORDS),
                this::handle);
    }

    @PreDestroy
    void stop() {
        if (consumer != null) {
            consumer.close();
        }
    }

    private void handle(List<ConsumerRecord<String, byte[]>> batch) {
        Set<UUID> leads = new LinkedHashSet<>();
        for (ConsumerRecord<String, byte[]> record : batch) {
            if (WAKING.contains(Records.type(record))) {
                leads.add(Records.leadId(record));
            }
        }
        if (!leads.isEmpty()) {
            answering.wakeWaiting(leads);
        }
    }
}
