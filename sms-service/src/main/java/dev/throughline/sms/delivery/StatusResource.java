package dev.throughline.sms.delivery;

import dev.throughline.events.EventIds;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.SmsEvent;
import dev.throughline.events.lead.ContactAddress;
import dev.throughline.events.lead.LeadIds;
import dev.throughline.events.lead.PhoneNumbers;
import dev.throughline.platform.outbox.Outbox;
import dev.throughline.platform.tenant.TenantDirectory;
import dev.throughline.platform.twilio.SignedForm;
import dev.throughline.sms.SmsConfig;
import dev.throughline.sms.SmsEvents;
import dev.throughline.sms.outbound.OutboundTexts;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Twilio's status callbacks of the texts we sent (Twilio, <em>Track outbound message status</em>): repeated, reordered, and
 * possibly before the answer to the request that made the text.
 */
@Path("/api/webhooks/twilio/sms/status")
@PermitAll
public class StatusResource {

    private final Pool pool;
    private final Deliveries deliveries;
    private final OutboundTexts texts;
    private final Outbox outbox;
    private final TenantDirectory tenants;
    private final SmsConfig config;
    private final Clock clock;

    StatusResource(
            Pool pool,
            Deliveries deliveries,
            OutboundTexts texts,
            Outbox outbox,
            TenantDirectory tenants,
            SmsConfig config,
            Clock clock) {
        this.pool = pool;
        this.deliveries = deliveries;
        this.texts = texts;
        this.outbox = outbox;
        this.tenants = tenants;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Moves the text's delivery forward; a callback that is late or repeated changes nothing.
     *
     * @throws dev.throughline.platform.web.Problem 400 when MessageSid or MessageStatus is missing
     */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<Response> status(SignedForm form) {
        String messageSid = form.require("MessageSid");
        String status = form.require("MessageStatus");
        Integer errorCode = form.number("ErrorCode").map(Long::intValue).orElse(null);
        Instant now = clock.instant();
        return pool.withTransaction(tx -> owner(tx, messageSid, form)
                        .chain(owner -> owner.isEmpty()
                                ? Uni.createFrom().voidItem()
                                : advance(tx, owner.get(), messageSid, status, errorCode, now)))
                .ifNoItem()
                .after(config.storeTimeout())
                .fail()
                .replaceWith(Response.noContent().build());
    }

    private Uni<Void> advance(
            SqlClient tx, Owner owner, String messageSid, String status, @Nullable Integer errorCode, Instant now) {
        return deliveries
                .advance(tx, messageSid, status, errorCode, now)
                .chain(moved -> moved
                        ? outbox.append(
                                tx,
                                List.of(event(messageSid, status, errorCode, now, owner.tenantId(), owner.leadId())))
                        : Uni.createFrom().voidItem());
    }

    /** Whose text it is. */
    record Owner(UUID tenantId, UUID leadId) {}

    /** By our own row; by the numbers when the callback was faster than the answer that made the row know its sid. */
    private Uni<Optional<Owner>> owner(SqlClient tx, String messageSid, SignedForm form) {
        return texts.findBySid(tx, messageSid)
                .map(text -> text.map(known -> new Owner(known.tenantId(), known.leadId()))
                        .or(() -> byNumbers(form)));
    }

    private Optional<Owner> byNumbers(SignedForm form) {
        return PhoneNumbers.normalise(form.get("From"), "US")
                .flatMap(tenants::byNumber)
                .flatMap(tenant -> PhoneNumbers.normalise(form.get("To"), tenant.country())
                        .map(customer ->
                                new Owner(tenant.id(), LeadIds.of(tenant.id(), ContactAddress.phone(customer)))));
    }

    private static RecordedEvent event(
            String messageSid, String status, @Nullable Integer errorCode, Instant now, UUID tenantId, UUID leadId) {
        return SmsEvents.recorded(
                EventIds.of("sms.status-changed", messageSid, status),
                now,
                tenantId,
                leadId,
                new SmsEvent.StatusChanged(messageSid, status, errorCode));
    }
}
