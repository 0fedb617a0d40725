package dev.throughline.sms.delivery;

import dev.throughline.events.EventIds;
import dev.throughline.events.SmsEvent;
import dev.throughline.events.lead.ContactAddress;
import dev.throughline.events.lead.LeadIds;
import dev.throughline.events.lead.PhoneNumbers;
import dev.throughline.platform.outbox.Outbox;
import dev.throughline.platform.tenant.TenantDirectory;
import dev.throughline.platform.twilio.SignedForm;
import dev.throughline.platform.web.Problem;
import dev.throughline.sms.OurAccount;
import dev.throughline.sms.SmsConfig;
import dev.throughline.sms.SmsEvents;
import dev.throughline.sms.outbound.Errand;
import dev.throughline.sms.outbound.OutboundText;
import dev.throughline.sms.outbound.OutboundTexts;
import dev.throughline.sms.outbound.twilio.TwilioTexts;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/**
 * Twilio's status callbacks of the texts we sent (Twilio, <em>Track outbound message status</em>): repeated, reordered, and
 * possibly before the answer to the request that made the text, for which our address names the text.
 */
@Path("/api/webhooks/twilio/sms/status")
@PermitAll
public class StatusResource {

    private final Pool pool;
    private final Deliveries deliveries;
    private final Repeats repeats;
    private final OutboundTexts texts;
    private final Outbox outbox;
    private final TenantDirectory tenants;
    private final OurAccount account;
    private final SmsConfig config;
    private final Clock clock;

    StatusResource(
            Pool pool,
            Deliveries deliveries,
            Repeats repeats,
            OutboundTexts texts,
            Outbox outbox,
            TenantDirectory tenants,
            OurAccount account,
            SmsConfig config,
            Clock clock) {
        this.pool = pool;
        this.deliveries = deliveries;
        this.repeats = repeats;
        this.texts = texts;
        this.outbox = outbox;
        this.tenants = tenants;
        this.account = account;
        this.config = config;
        this.clock = clock;
    }

    /** What a callback says. @param errorCode null unless it failed */
    private record Report(
            String messageSid, String status, @Nullable Integer errorCode, Instant at) {}

    /** Whose text it is. @param text null when only its numbers are known here */
    private record Owner(
            UUID tenantId, UUID leadId, @Nullable OutboundText text) {

        static Owner of(OutboundText text) {
            return new Owner(text.tenantId(), text.leadId(), text);
        }
    }

    /**
     * Moves the text's delivery forward; a callback that is late or repeated changes nothing.
     *
     * @param textId ours, as we gave it in the callback's address; null in older ones
     * @throws Problem 400 when MessageSid, MessageStatus or AccountSid is missing, 403 when the account is not ours
     */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(summary = "How far a text of ours has come")
    @APIResponse(responseCode = "204", description = "Stored, or nothing new, or nothing of ours")
    @APIResponse(responseCode = "400", description = "A parameter is missing")
    @APIResponse(
            responseCode = "403",
            description = "X-Twilio-Signature is missing or wrong, or the account is another")
    @APIResponse(responseCode = "503", description = "It could not be stored in time")
    public Uni<Response> status(SignedForm form, @QueryParam(TwilioTexts.TEXT_ID) @Nullable String textId) {
        account.check(form);
        Report report = new Report(
                form.require("MessageSid"),
                form.require("MessageStatus"),
                form.number("ErrorCode").map(Long::intValue).orElse(null),
                clock.instant());
        return pool.withTransaction(tx -> owner(tx, report, uuid(textId), form)
                        .chain(owner ->
                                owner.isEmpty() ? Uni.createFrom().voidItem() : advance(tx, owner.get(), report)))
                .ifNoItem()
                .after(config.storeTimeout())
                .fail()
                .replaceWith(Response.noContent().build());
    }

    private Uni<Void> advance(SqlClient tx, Owner owner, Report report) {
        return deliveries
                .advance(tx, report.messageSid(), report.status(), report.errorCode(), report.at())
                .chain(moved -> moved
                        ? repeat(tx, owner, report).chain(repeatAt -> tell(tx, owner, report, repeatAt.orElse(null)))
                        : Uni.createFrom().voidItem());
    }

    private Uni<Optional<Instant>> repeat(SqlClient tx, Owner owner, Report report) {
        return owner.text() == null
                ? Uni.createFrom().item(Optional.empty())
                : repeats.plan(tx, owner.text(), report.status(), report.errorCode(), report.at());
    }

    /** By our own row; by the numbers for a text this installation did not send. */
    private Uni<Optional<Owner>> owner(SqlClient tx, Report report, @Nullable UUID textId, SignedForm form) {
        return texts.findReported(tx, report.messageSid(), textId)
                .map(text -> text.map(Owner::of).or(() -> byNumbers(form)));
    }

    private Optional<Owner> byNumbers(SignedForm form) {
        return PhoneNumbers.normalise(form.get("From"), "US")
                .flatMap(tenants::byNumber)
                .flatMap(tenant -> PhoneNumbers.normalise(form.get("To"), tenant.country())
                        .map(customer ->
                                new Owner(tenant.id(), LeadIds.of(tenant.id(), ContactAddress.phone(customer)), null)));
    }

    private Uni<Void> tell(SqlClient tx, Owner owner, Report report, @Nullable Instant repeatAt) {
        Errand errand = owner.text() == null ? null : owner.text().errand();
        var event = new SmsEvent.StatusChanged(
                report.messageSid(),
                report.status(),
                report.errorCode(),
                errand == null ? null : errand.purpose().wireName(),
                errand == null ? null : errand.key(),
                repeatAt);
        UUID id = EventIds.of("sms.status-changed", report.messageSid(), report.status());
        return outbox.append(tx, SmsEvents.recorded(id, report.at(), owner.tenantId(), owner.leadId(), event));
    }

    private static @Nullable UUID uuid(@Nullable String text) {
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException notOurs) {
            return null;
        }
    }
}
