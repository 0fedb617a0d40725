package dev.throughline.platform.context;

import dev.throughline.events.ChannelEvent;
import dev.throughline.events.Topics;
import dev.throughline.events.context.LeadContext;
import dev.throughline.platform.kafka.KafkaClients;
import dev.throughline.platform.kafka.Records;
import dev.throughline.platform.kafka.TopicView;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a lead elsewhere while a conversation with it is live here. Every replica reads {@code channel-events-v1} from the
 * moment this is first used, without a group, because nobody knows which replica has the conversation; records of leads without one are
 * passed over by their key alone.
 */
@Singleton
public class LeadNews {

    /** A live conversation. Called on a reading thread; must not block. */
    public interface Subscriber {

        /** Something happened to the lead, in this conversation or elsewhere. */
        void onEvent(ChannelEvent event);

        /** The lead's context changed, or came at last. */
        void onContext(LeadContext context);
    }

    private final KafkaClients clients;
    private final LeadContexts contexts;
    private final Map<UUID, Set<Subscriber>> subscribers = new ConcurrentHashMap<>();
    private final Consumer<LeadContext> contextListener = this::onContext;
    private @Nullable TopicView view;

    protected LeadNews(KafkaClients clients, LeadContexts contexts) {
        this.clients = clients;
        this.contexts = contexts;
    }

    @PostConstruct
    void start() {
        view = TopicView.startAt(clients, Topics.CHANNEL_EVENTS, Instant.now(), this::onRecord);
        contexts.onUpdate(contextListener);
    }

    @PreDestroy
    void stop() {
        contexts.removeListener(contextListener);
        if (view != null) {
            view.close();
        }
    }

    /** Begins to tell {@code subscriber} of the lead; harmless when it is told already. */
    public void subscribe(UUID leadId, Subscriber subscriber) {
        subscribers.compute(leadId, (id, known) -> {
            Set<Subscriber> all = known == null ? ConcurrentHashMap.newKeySet() : known;
            all.add(subscriber);
            return all;
        });
    }

    /** Stops telling. */
    public void unsubscribe(UUID leadId, Subscriber subscriber) {
        subscribers.computeIfPresent(leadId, (id, known) -> {
            known.remove(subscriber);
            return known.isEmpty() ? null : known;
        });
    }

    private void onRecord(ConsumerRecord<String, byte[]> record) {
        Set<Subscriber> listening = record.key() == null ? null : subscribers.get(idOf(record.key()));
        if (listening == null) {
            return;
        }
        ChannelEvent event = Records.event(record).event();
        listening.forEach(subscriber -> subscriber.onEvent(event));
    }

    private void onContext(LeadContext context) {
        Set<Subscriber> listening = subscribers.get(context.leadId());
        if (listening != null) {
            listening.forEach(subscriber -> subscriber.onContext(context));
        }
    }

    private static @Nullable UUID idOf(String key) {
        try {
            return UUID.fromString(key);
        } catch (IllegalArgumentException notOurs) {
            return new UUID(0, 0);
        }
    }
}
