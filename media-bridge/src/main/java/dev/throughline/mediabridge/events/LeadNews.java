package dev.throughline.mediabridge.events;

import dev.throughline.events.ChannelEvent;
import dev.throughline.events.ChatEvent;
import dev.throughline.events.OperatorEvent;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.SmsEvent;
import dev.throughline.events.Speaker;
import dev.throughline.events.Topics;
import dev.throughline.events.context.LeadContext;
import dev.throughline.platform.context.LeadContexts;
import dev.throughline.platform.kafka.KafkaClients;
import dev.throughline.platform.kafka.Records;
import dev.throughline.platform.kafka.TopicView;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a lead elsewhere while its call is live here. Every replica reads {@code channel-events-v1} from the moment it
 * started, without a group, because nobody knows which replica has the call; records of leads without a live call are passed over by
 * their key alone.
 */
@Startup
@Singleton
public class LeadNews {

    /** A live call. Called on a reading thread; must not block. */
    public interface Subscriber {

        /** Background information for the agent, in words. */
        void onNews(String text);

        /** The lead's context changed, or came at last. */
        void onContext(LeadContext context);
    }

    private static final int LONGEST_TEXT = 2_000;

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
        RecordedEvent event = Records.event(record);
        wordsFor(event.event()).ifPresent(text -> listening.forEach(subscriber -> subscriber.onNews(text)));
    }

    private void onContext(LeadContext context) {
        Set<Subscriber> listening = subscribers.get(context.leadId());
        if (listening != null) {
            listening.forEach(subscriber -> subscriber.onContext(context));
        }
    }

    /** What an event of another channel means to an agent in a call; empty when it means nothing. */
    static Optional<String> wordsFor(ChannelEvent event) {
        return switch (event) {
            case SmsEvent.Received sms
            when !sms.text().isBlank() ->
                Optional.of("The customer has just sent a text message: \"" + shortened(sms.text()) + "\"");
            case ChatEvent.Message chat
            when chat.speaker() == Speaker.CUSTOMER ->
                Optional.of("The customer has just written in the web chat: \"" + shortened(chat.text()) + "\"");
            case OperatorEvent.Whisper whisper ->
                Optional.of("A colleague at the business tells you, for your information only: \""
                        + shortened(whisper.text()) + "\"");
            default -> Optional.empty();
        };
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT - 1) + "…";
    }

    private static @Nullable UUID idOf(String key) {
        try {
            return UUID.fromString(key);
        } catch (IllegalArgumentException notOurs) {
            return new UUID(0, 0);
        }
    }
}
