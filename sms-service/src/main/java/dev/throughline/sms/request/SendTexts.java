package dev.throughline.sms.request;

import dev.throughline.events.Speaker;
import dev.throughline.events.context.LeadContext;
import dev.throughline.events.lead.ContactAddress;
import dev.throughline.events.lead.LeadIds;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.events.tenant.TextSettings;
import dev.throughline.platform.context.LeadContexts;
import dev.throughline.platform.outbox.Outbox;
import dev.throughline.platform.quiet.LeadZones;
import dev.throughline.platform.web.Problem;
import dev.throughline.sms.SmsConfig;
import dev.throughline.sms.consent.Consents;
import dev.throughline.sms.outbound.OutboundText;
import dev.throughline.sms.outbound.OutboundTexts;
import dev.throughline.sms.outbound.OutboundTexts.Contact;
import dev.throughline.sms.outbound.OutboundTexts.Stored;
import dev.throughline.sms.outbound.Sender;
import dev.throughline.sms.outbound.TextSender;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Takes texts that somebody asks for. */
@ApplicationScoped
class SendTexts {

    private static final Logger LOG = Logger.getLogger(SendTexts.class);
    private static final Duration RATE_WINDOW = Duration.ofMinutes(1);

    private final Pool pool;
    private final OutboundTexts texts;
    private final Consents consents;
    private final Outbox outbox;
    private final LeadContexts contexts;
    private final TextSender sender;
    private final SmsConfig config;
    private final Clock clock;

    SendTexts(
            Pool pool,
            OutboundTexts texts,
            Consents consents,
            Outbox outbox,
            LeadContexts contexts,
            TextSender sender,
            SmsConfig config,
            Clock clock) {
        this.pool = pool;
        this.texts = texts;
        this.consents = consents;
        this.outbox = outbox;
        this.contexts = contexts;
        this.sender = sender;
        this.config = config;
        this.clock = clock;
    }

    /** Who is texted. @param known the business number of the last text, null when there was none */
    private record Receiver(UUID leadId, String number, Optional<String> known) {}

    /**
     * Stores the text and begins to send it when it is due.
     *
     * @return the text as it stands; the earlier one for a repeat under the same key
     */
    Uni<Stored> send(Tenant tenant, CheckedRequest request) {
        return receiver(tenant, request)
                // In the lead's turn: a STOP is before it and refuses it, or after it and takes it back.
                .chain(receiver -> pool.withTransaction(tx -> outbox.hold(tx, receiver.leadId())
                        .chain(() -> earlier(tx, tenant, request))
                        .chain(earlier -> earlier.isPresent()
                                ? Uni.createFrom().item(earlier.get())
                                : store(tx, tenant, request, receiver))))
                .ifNoItem()
                .after(config.storeTimeout())
                .fail()
                .invoke(this::begin);
    }

    /** A text of the tenant. @return empty when there is none of this id */
    Uni<Optional<Stored>> find(UUID tenantId, UUID id) {
        return texts.find(pool, tenantId, id);
    }

    /** Takes a text back. @return whether it was in time */
    Uni<Boolean> takeBack(UUID tenantId, UUID id) {
        return texts.takeBack(pool, tenantId, id, "taken back");
    }

    private void begin(Stored stored) {
        if (stored.state() == OutboundTexts.State.PENDING && !stored.notBefore().isAfter(clock.instant())) {
            sender.send(stored.text().id())
                    .subscribe()
                    .with(
                            done -> {},
                            failure -> LOG.warnf(
                                    "text %s: sending was not begun (%s), the sweep does",
                                    stored.text().id(), failure));
        }
    }

    private Uni<Optional<Stored>> earlier(SqlClient tx, Tenant tenant, CheckedRequest request) {
        if (request.key() == null) {
            return Uni.createFrom().item(Optional.empty());
        }
        return texts.findByKey(tx, tenant.id(), request.key().key()).invoke(found -> {
            if (found.isPresent()
                    && !request.key().requestHash().equals(found.get().requestHash())) {
                throw Problem.of(
                        422,
                        "IDEMPOTENCY_KEY_REUSED",
                        "Another text was asked for under this idempotencyKey: use a new key for a new text.");
            }
        });
    }

    private Uni<Stored> store(SqlClient tx, Tenant tenant, CheckedRequest request, Receiver receiver) {
        Sender from = Sender.of(tenant, receiver.leadId(), receiver.known().orElse(null))
                .orElseThrow(() -> Problem.conflict(
                        "NO_SENDER", "The business has no number to send from: set its twilioPhoneNumber."));
        Instant now = clock.instant();
        OutboundText text = OutboundText.fresh(
                UUID.randomUUID(),
                tenant.id(),
                receiver.leadId(),
                receiver.number(),
                from,
                request.body(),
                request.mediaUrls(),
                request.errand() == null ? Speaker.OPERATOR : Speaker.AGENT,
                request.errand());
        return facts(tx, tenant, receiver, now)
                .map(facts -> SendRules.when(request.sendAt(), request.schedule(), facts, now))
                .chain(at -> texts.add(tx, text, now, at, request.key()))
                // Not added: another request under this key was faster and has committed meanwhile.
                .chain(added -> added
                        ? texts.find(tx, tenant.id(), text.id()).map(Optional::orElseThrow)
                        : earlier(tx, tenant, request).map(Optional::orElseThrow));
    }

    private Uni<SendRules.Facts> facts(SqlClient tx, Tenant tenant, Receiver receiver, Instant now) {
        TextSettings rules = tenant.settings().texts();
        Integer own = rules.textsPerMinute();
        return isOptedOut(tx, tenant, receiver)
                .chain(optedOut -> texts.countSince(tx, tenant.id(), now.minus(RATE_WINDOW))
                        .map(lately -> new SendRules.Facts(
                                optedOut,
                                lately,
                                own == null ? config.textsPerMinute() : own,
                                rules.quietHours(),
                                LeadZones.of(receiver.number(), tenant.zone()),
                                tenant.zone(),
                                config.longestPlan())));
    }

    /** STOP holds for the number, whatever lead the text is for: a visitor of a page may have typed somebody else's. */
    private Uni<Boolean> isOptedOut(SqlClient tx, Tenant tenant, Receiver receiver) {
        UUID owner = LeadIds.of(tenant.id(), ContactAddress.phone(receiver.number()));
        return consents.isOptedOut(tx, tenant.id(), owner)
                .chain(stopped -> stopped || owner.equals(receiver.leadId())
                        ? Uni.createFrom().item(stopped)
                        : consents.isOptedOut(tx, tenant.id(), receiver.leadId()));
    }

    private Uni<Receiver> receiver(Tenant tenant, CheckedRequest request) {
        if (request.to() != null) {
            UUID leadId = LeadIds.of(tenant.id(), ContactAddress.phone(request.to()));
            if (request.leadId() != null && !request.leadId().equals(leadId)) {
                throw Problem.invalid("leadId", "is not the lead of this number: give one of the two");
            }
            String number = request.to();
            return texts.contact(pool, tenant.id(), leadId)
                    .map(contact -> new Receiver(leadId, number, contact.map(Contact::businessNumber)));
        }
        UUID leadId = Objects.requireNonNull(request.leadId());
        return texts.contact(pool, tenant.id(), leadId)
                .chain(contact -> contact.isPresent()
                        ? Uni.createFrom()
                                .item(new Receiver(
                                        leadId,
                                        contact.get().customer(),
                                        Optional.of(contact.get().businessNumber())))
                        : contexts.find(tenant.id(), leadId)
                                .map(context -> new Receiver(leadId, phone(context), Optional.empty())));
    }

    private static String phone(Optional<LeadContext> context) {
        return context.map(LeadContext::phone)
                .map(known -> known.value())
                .orElseThrow(() -> Problem.of(
                        404, "LEAD_HAS_NO_NUMBER", "No phone number is known of this lead: give the number in to."));
    }
}
