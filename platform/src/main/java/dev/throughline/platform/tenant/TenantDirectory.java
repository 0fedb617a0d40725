package dev.throughline.platform.tenant;

import dev.throughline.events.Topics;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.events.tenant.TenantCodec;
import dev.throughline.platform.kafka.KafkaClients;
import dev.throughline.platform.kafka.TopicView;
import dev.throughline.platform.security.Sha256;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Every tenant, in memory, materialised from {@code tenants-v1}: a look-up never leaves the process, and a new tenant is known within
 * moments of its creation. Thread-safe; readiness is red until the topic was read once.
 */
@Startup
@Singleton
public class TenantDirectory {

    /** Told of every change, on the directory's reading thread; must not block. */
    @FunctionalInterface
    public interface Listener {

        /** @param tenant null when the tenant was removed */
        void onChange(UUID tenantId, @Nullable Tenant tenant);
    }

    private static final Logger LOG = Logger.getLogger(TenantDirectory.class);

    private final KafkaClients clients;
    private final Clock clock;
    private final Map<UUID, Tenant> byId = new ConcurrentHashMap<>();
    /** Numbers in E.164 and SIP addresses. */
    private final Map<String, UUID> byAddress = new ConcurrentHashMap<>();

    /** Further numbers that send texts, and Twilio's messaging services. A number somebody is called by goes before. */
    private final Map<String, UUID> bySender = new ConcurrentHashMap<>();

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private @Nullable TopicView view;

    @Inject
    protected TenantDirectory(KafkaClients clients, Clock clock) {
        this.clients = clients;
        this.clock = clock;
    }

    @PostConstruct
    void start() {
        view = TopicView.start(clients, Topics.TENANTS, this::accept);
    }

    @PreDestroy
    void stop() {
        if (view != null) {
            view.close();
        }
    }

    /** The tenant of this id. */
    public Optional<Tenant> byId(UUID tenantId) {
        return Optional.ofNullable(byId.get(tenantId));
    }

    /** The tenant that owns a number, as E.164: the one it is called by, else one of its further senders of texts. */
    public Optional<Tenant> byNumber(String e164) {
        return Optional.ofNullable(byAddress.get(e164))
                .or(() -> Optional.ofNullable(bySender.get(e164)))
                .flatMap(this::byId);
    }

    /** The tenant whose texts Twilio's messaging service handles, {@code MG…}. */
    public Optional<Tenant> byMessagingService(String sid) {
        return Optional.ofNullable(bySender.get(sid)).flatMap(this::byId);
    }

    /** The tenant that is called by a SIP address, {@code sip:user@domain} in any case. */
    public Optional<Tenant> bySipAddress(String address) {
        return Optional.ofNullable(byAddress.get(address.toLowerCase(Locale.ROOT)))
                .flatMap(this::byId);
    }

    /** The tenant a tool secret belongs to, while the secret is valid. Compares hashes, all of them, in constant time. */
    public Optional<Tenant> byToolSecret(String secret) {
        String wanted = Sha256.hex(secret);
        byte[] hash = wanted.getBytes(StandardCharsets.US_ASCII);
        Tenant found = null;
        for (Tenant tenant : byId.values()) {
            for (String known : tenant.toolSecretHashes()) {
                if (MessageDigest.isEqual(known.getBytes(StandardCharsets.US_ASCII), hash)) {
                    found = tenant;
                }
            }
        }
        return Optional.ofNullable(found).filter(tenant -> tenant.acceptsSecret(wanted, clock.instant()));
    }

    /** The form in which a tool secret stands in {@link Tenant#toolSecretHashes()}. */
    public static String toolSecretHash(String secret) {
        return Sha256.hex(secret);
    }

    /** All tenants, a snapshot. */
    public Collection<Tenant> all() {
        return List.copyOf(byId.values());
    }

    /** Tells the listener of every later change. */
    public void onChange(Listener listener) {
        listeners.add(listener);
    }

    /** Whether the topic was read to its end once. */
    public boolean isWarm() {
        return view != null && view.isCaughtUp();
    }

    /** Completes when the topic was read to its end once. */
    CompletableFuture<Void> warm() {
        return Objects.requireNonNull(view, "not started").caughtUp();
    }

    /**
     * Takes a tenant that this process itself has just stored, before it comes back by the topic. Older versions than the known one
     * are ignored.
     */
    public synchronized void put(Tenant tenant) {
        Tenant known = byId.get(tenant.id());
        if (known != null && known.version() > tenant.version()) {
            return;
        }
        forgetAddresses(known);
        byId.put(tenant.id(), tenant);
        addresses(tenant).forEach(address -> byAddress.put(address, tenant.id()));
        senders(tenant).forEach(sender -> bySender.put(sender, tenant.id()));
        listeners.forEach(listener -> listener.onChange(tenant.id(), tenant));
    }

    private synchronized void remove(UUID tenantId) {
        forgetAddresses(byId.remove(tenantId));
        listeners.forEach(listener -> listener.onChange(tenantId, null));
    }

    private void forgetAddresses(@Nullable Tenant tenant) {
        if (tenant != null) {
            // Only if it still points here: the address may already belong to another tenant.
            addresses(tenant).forEach(address -> byAddress.remove(address, tenant.id()));
            senders(tenant).forEach(sender -> bySender.remove(sender, tenant.id()));
        }
    }

    private static List<String> addresses(Tenant tenant) {
        List<String> addresses = new ArrayList<>(tenant.settings().calls().sipAddresses());
        if (tenant.twilioPhoneNumber() != null) {
            addresses.add(tenant.twilioPhoneNumber());
        }
        return addresses;
    }

    private static List<String> senders(Tenant tenant) {
        List<String> senders = new ArrayList<>(tenant.settings().texts().senders());
        if (tenant.settings().texts().messagingServiceSid() != null) {
            senders.add(tenant.settings().texts().messagingServiceSid());
        }
        return senders;
    }

    private void accept(ConsumerRecord<String, byte[]> record) {
        byte[] value = record.value();
        try {
            if (value == null) {
                remove(UUID.fromString(record.key()));
            } else {
                put(TenantCodec.decode(value));
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.errorf(
                    "tenant record skipped, offset=%d reason=%s",
                    record.offset(), e.getClass().getSimpleName());
        }
    }
}
