package dev.throughline.platform.context;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.throughline.events.Topics;
import dev.throughline.events.context.LeadContext;
import dev.throughline.events.context.LeadContextCodec;
import dev.throughline.platform.kafka.KafkaClients;
import dev.throughline.platform.kafka.TopicView;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a lead, for whoever opens a conversation. Asks the view over {@code lead-contexts-v1} (warm for the last day, bounded
 * in memory), then the HTTP API of the service that folds them, within a time a caller does not notice, and then goes on without.
 */
@Startup
@Singleton
public class LeadContexts {

    private static final Logger LOG = Logger.getLogger(LeadContexts.class);

    private final KafkaClients clients;
    private final LeadContextsConfig config;
    private final LeadContextClient http;
    private final Cache<UUID, LeadContext> recent;
    private final List<Consumer<LeadContext>> listeners = new CopyOnWriteArrayList<>();
    private @Nullable TopicView view;

    @Inject
    protected LeadContexts(KafkaClients clients, LeadContextsConfig config, LeadContextClient http) {
        this.clients = clients;
        this.config = config;
        this.http = http;
        this.recent = Caffeine.newBuilder().maximumSize(config.maxLeads()).build();
    }

    @PostConstruct
    void start() {
        if (config.viewEnabled()) {
            view = TopicView.startAt(
                    clients, Topics.LEAD_CONTEXTS, Instant.now().minus(config.warm()), this::accept);
        }
    }

    @PreDestroy
    void stop() {
        if (view != null) {
            view.close();
        }
    }

    /**
     * The lead's context. Never fails and never takes longer than {@code throughline.lead-contexts.timeout}: empty means that nothing is
     * known, or that it could not be learnt in time. In the latter case {@link #onUpdate} may still bring it.
     */
    public Uni<Optional<LeadContext>> find(UUID tenantId, UUID leadId) {
        Optional<LeadContext> known = peek(tenantId, leadId);
        return known.isPresent() ? Uni.createFrom().item(known) : http.find(tenantId, leadId);
    }

    /** The context if this process already has it. */
    public Optional<LeadContext> peek(UUID tenantId, UUID leadId) {
        return Optional.ofNullable(recent.getIfPresent(leadId))
                .filter(context -> context.tenantId().equals(tenantId));
    }

    /** Tells the listener of every context that arrives, on the view's thread; must not block. */
    public void onUpdate(Consumer<LeadContext> listener) {
        listeners.add(listener);
    }

    /** Stops telling the listener, the same object. */
    public void removeListener(Consumer<LeadContext> listener) {
        listeners.remove(listener);
    }

    /** Whether the last day was read. */
    public boolean isWarm() {
        return view == null || view.isCaughtUp();
    }

    private void accept(ConsumerRecord<String, byte[]> record) {
        byte[] value = record.value();
        try {
            if (value == null) {
                recent.invalidate(UUID.fromString(record.key()));
                return;
            }
            LeadContext context = LeadContextCodec.decode(value);
            recent.put(context.leadId(), context);
            listeners.forEach(listener -> listener.accept(context));
        } catch (IOException | IllegalArgumentException e) {
            LOG.errorf(
                    "lead context skipped, offset=%d reason=%s",
                    record.offset(), e.getClass().getSimpleName());
        }
    }
}
