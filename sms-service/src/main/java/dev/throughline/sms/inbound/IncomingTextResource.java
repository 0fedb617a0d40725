package dev.throughline.sms.inbound;

import dev.throughline.events.EventIds;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.SmsEvent;
import dev.throughline.events.lead.ContactAddress;
import dev.throughline.events.lead.LeadIds;
import dev.throughline.events.lead.PhoneNumbers;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.logging.Masked;
import dev.throughline.platform.outbox.Outbox;
import dev.throughline.platform.tenant.TenantDirectory;
import dev.throughline.platform.twilio.SignedForm;
import dev.throughline.platform.twilio.TwimlResponse;
import dev.throughline.sms.SmsConfig;
import dev.throughline.sms.SmsEvents;
import dev.throughline.sms.consent.Consents;
import dev.throughline.sms.consent.OptOutWord;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Twilio's webhook for a text from a customer (Twilio, <em>Webhook request</em>). Open to anybody with a valid signature:
 * {@link SignedForm} does not exist without one.
 */
@Path("/api/webhooks/twilio/sms/incoming")
@PermitAll
public class IncomingTextResource {

    private static final Logger LOG = Logger.getLogger(IncomingTextResource.class);
    private static final int MOST_MEDIA = 10;

    private final Pool pool;
    private final InboundTexts texts;
    private final Consents consents;
    private final Outbox outbox;
    private final TenantDirectory tenants;
    private final SmsConfig config;
    private final Clock clock;

    IncomingTextResource(
            Pool pool,
            InboundTexts texts,
            Consents consents,
            Outbox outbox,
            TenantDirectory tenants,
            SmsConfig config,
            Clock clock) {
        this.pool = pool;
        this.texts = texts;
        this.consents = consents;
        this.outbox = outbox;
        this.tenants = tenants;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Stores the text with its event and answers with an empty response: the reply follows as a text of its own.
     *
     * @throws dev.throughline.platform.web.Problem 400 when MessageSid, From or To is missing
     */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<Response> incoming(
            SignedForm form, @HeaderParam("I-Twilio-Idempotency-Token") @Nullable String idempotencyToken) {
        String messageSid = form.require("MessageSid");
        String from = form.require("From");
        String to = form.require("To");
        Optional<Tenant> tenant = PhoneNumbers.normalise(to, "US").flatMap(tenants::byNumber);
        if (tenant.isEmpty()) {
            LOG.warnf("text %s to %s: no tenant has this number", messageSid, Masked.number(to));
            return Uni.createFrom().item(TwimlResponse.empty());
        }
        InboundText text = text(form, tenant.get(), messageSid, idempotencyToken, from, to);
        return store(text, form.find("OptOutType"))
                .ifNoItem()
                .after(config.storeTimeout())
                .fail()
                .replaceWith(TwimlResponse.empty());
    }

    private Uni<Void> store(InboundText text, Optional<String> optOutType) {
        return pool.withTransaction(
                tx -> consents.isOptedOut(tx, text.tenantId(), text.leadId()).chain(optedOut -> {
                    Optional<OptOutWord> word = OptOutWord.in(text.body(), optOutType, optedOut);
                    boolean silent = word.isPresent() || optedOut;
                    return texts.claim(tx, text, silent ? InboundTexts.State.SILENT : InboundTexts.State.WAITING)
                            .chain(isNew -> isNew
                                    ? remember(tx, text, word)
                                    : Uni.createFrom().voidItem());
                }));
    }

    private Uni<Void> remember(SqlClient tx, InboundText text, Optional<OptOutWord> word) {
        List<RecordedEvent> events = new ArrayList<>();
        events.add(recorded(
                "sms.received",
                text,
                new SmsEvent.Received(
                        text.messageSid(),
                        text.customer(),
                        text.businessNumber(),
                        text.body(),
                        text.segments(),
                        text.mediaUrls())));
        Uni<Void> consent = Uni.createFrom().voidItem();
        if (word.isPresent() && word.get().wish() != OptOutWord.Wish.HELP) {
            OptOutWord said = word.get();
            boolean stop = said.wish() == OptOutWord.Wish.STOP;
            events.add(recorded(
                    stop ? "sms.opted-out" : "sms.opted-in",
                    text,
                    stop
                            ? new SmsEvent.OptedOut(text.customer(), said.word())
                            : new SmsEvent.OptedIn(text.customer(), said.word())));
            consent = consents.remember(tx, text.tenantId(), text.leadId(), said, "sms", text.receivedAt());
        }
        return consent.chain(() -> outbox.append(tx, events));
    }

    private static RecordedEvent recorded(String type, InboundText text, SmsEvent event) {
        UUID id = EventIds.of(type, text.messageSid());
        return SmsEvents.recorded(id, text.receivedAt(), text.tenantId(), text.leadId(), event);
    }

    private InboundText text(
            SignedForm form,
            Tenant tenant,
            String messageSid,
            @Nullable String idempotencyToken,
            String from,
            String to) {
        String customer = PhoneNumbers.normalise(from, tenant.country()).orElse(from);
        List<String> media = new ArrayList<>();
        for (int i = 0; i < Math.min(MOST_MEDIA, form.number("NumMedia").orElse(0L)); i++) {
            form.find("MediaUrl" + i).ifPresent(media::add);
        }
        return new InboundText(
                messageSid,
                idempotencyToken,
                tenant.id(),
                LeadIds.of(tenant.id(), ContactAddress.phone(customer)),
                customer,
                PhoneNumbers.normalise(to, tenant.country()).orElse(to),
                form.get("Body"),
                form.number("NumSegments").orElse(1L).intValue(),
                media,
                clock.instant());
    }
}
