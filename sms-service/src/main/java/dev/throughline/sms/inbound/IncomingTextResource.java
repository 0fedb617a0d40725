package dev.throughline.sms.inbound;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.logging.Masked;
import dev.throughline.platform.tenant.TenantDirectory;
import dev.throughline.platform.twilio.SignedForm;
import dev.throughline.platform.twilio.TwimlResponse;
import dev.throughline.platform.web.Problem;
import dev.throughline.sms.OurAccount;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Twilio's webhook for a text from a customer (Twilio, <em>Webhook request</em>). Open to anybody with a valid signature:
 * {@link SignedForm} does not exist without one. Always answered with an empty response: a reply follows as a text of its own.
 *
 * <pre>
 * from a phone                     stored, answered by the agent
 * from one of our own numbers      stored, silent: two agents would text each other for ever
 * from a short code or a name      stored under that address, silent: nobody reads answers there
 * over WhatsApp, Messenger, RCS…   not ours: logged, not stored
 * to a number of nobody            logged, not stored
 * </pre>
 */
@Path("/api/webhooks/twilio/sms/incoming")
@PermitAll
public class IncomingTextResource {

    private static final Logger LOG = Logger.getLogger(IncomingTextResource.class);
    /** Until the tenant is known; Twilio writes E.164, which needs no country. */
    private static final String ANY_COUNTRY = "US";

    private final TextStore store;
    private final TenantDirectory tenants;
    private final OurAccount account;
    private final Clock clock;

    IncomingTextResource(TextStore store, TenantDirectory tenants, OurAccount account, Clock clock) {
        this.store = store;
        this.tenants = tenants;
        this.account = account;
        this.clock = clock;
    }

    /**
     * Stores the text with its event.
     *
     * @throws Problem 400 when MessageSid, AccountSid, From or To is missing or malformed, 403 when the account is not ours
     */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(summary = "A text from a customer")
    @APIResponse(responseCode = "200", description = "Stored, or nothing of ours; an empty TwiML response")
    @APIResponse(responseCode = "400", description = "A parameter is missing or malformed")
    @APIResponse(
            responseCode = "403",
            description = "X-Twilio-Signature is missing or wrong, or the account is another")
    @APIResponse(responseCode = "413", description = "The form is too large")
    @APIResponse(responseCode = "503", description = "The text could not be stored in time")
    public Uni<Response> incoming(
            SignedForm form, @HeaderParam("I-Twilio-Idempotency-Token") @Nullable String idempotencyToken) {
        String messageSid = TextForm.messageSid(form);
        account.check(form);
        String to = form.require("To");
        Party from = readable("From", form.require("From"), ANY_COUNTRY);
        // A tenant's number, as nearly all are, needs not be read.
        Optional<Tenant> called = to.startsWith("+") ? tenants.byNumber(to) : Optional.empty();
        Party business = called.isPresent() ? new Party.Phone(to) : readable("To", to, ANY_COUNTRY);
        if (from instanceof Party.Elsewhere other) {
            LOG.infof("message %s came over %s, which is none of our channels", messageSid, other.channel());
            return Uni.createFrom().item(TwimlResponse.empty());
        }
        Optional<Tenant> tenant = called.or(() -> tenants.byNumber(business.address()))
                .or(() -> form.find("MessagingServiceSid").flatMap(tenants::byMessagingService));
        if (tenant.isEmpty() || business instanceof Party.Elsewhere) {
            LOG.warnf("text %s to %s: no tenant has this number", messageSid, Masked.number(to));
            return Uni.createFrom().item(TwimlResponse.empty());
        }
        // Twilio's E.164 is read already.
        Party customer = from instanceof Party.Phone && form.get("From").startsWith("+")
                ? from
                : readable("From", form.require("From"), tenant.get().country());
        InboundText text = TextForm.text(form, tenant.get(), customer, business, idempotencyToken, clock.instant());
        return stored(text, tenant.get(), customer, form.find("OptOutType")).map(stored -> TwimlResponse.empty());
    }

    private Uni<Void> stored(InboundText text, Tenant tenant, Party customer, Optional<String> optOutType) {
        boolean person = customer instanceof Party.Phone(String number)
                && tenants.byNumber(number).isEmpty();
        return person ? store.store(text, tenant, optOutType) : store.storeSilent(text);
    }

    private static Party readable(String parameter, String written, String country) {
        Party party = Party.of(written, country);
        if (party instanceof Party.Unreadable) {
            throw Problem.invalid(parameter, "must be a phone number, a short code or a sender's name");
        }
        return party;
    }
}
