package dev.throughline.telephony.conference;

import dev.throughline.platform.logging.LogIds;
import dev.throughline.platform.tenant.TenantDirectory;
import dev.throughline.platform.twilio.SignedForm;
import dev.throughline.platform.twilio.TwimlResponse;
import dev.throughline.telephony.call.Bounded;
import dev.throughline.telephony.call.BrowserIdentity;
import dev.throughline.telephony.call.CallMetrics;
import dev.throughline.telephony.call.CallWebhook;
import dev.throughline.telephony.stream.Invitation;
import dev.throughline.telephony.stream.StreamInvitation;
import dev.throughline.telephony.twilio.ConferenceTwiml;
import dev.throughline.telephony.twilio.VoiceTwiml;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The voice URL of the TwiML application: where an operator's browser calls when it wants into a room, and where Twilio asks what the
 * agent's leg is to do. Twilio vouches for the browser's identity, and for nothing else the page sends; the agent's leg shows its
 * one-time token.
 */
@Path("/api/twilio/conference-elevenlabs")
@PermitAll
public final class ConferenceLegResource {

    private static final Logger LOG = Logger.getLogger(ConferenceLegResource.class);
    private static final String NOT_FOR_YOU = "This conference is not available. Goodbye.";

    private final Rooms rooms;
    private final AgentTokens tokens;
    private final RoomLines lines;
    private final AgentInvitations invitations;
    private final TenantDirectory tenants;
    private final StreamInvitation invitation;
    private final ConferenceConfig config;
    private final CallMetrics metrics;

    ConferenceLegResource(
            Rooms rooms,
            AgentTokens tokens,
            RoomLines lines,
            AgentInvitations invitations,
            TenantDirectory tenants,
            StreamInvitation invitation,
            ConferenceConfig config,
            CallMetrics metrics) {
        this.rooms = rooms;
        this.tokens = tokens;
        this.lines = lines;
        this.invitations = invitations;
        this.tenants = tenants;
        this.invitation = invitation;
        this.config = config;
        this.metrics = metrics;
    }

    /** Answers with TwiML. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(summary = "A browser wants into a conference room, or the agent's leg wants its stream")
    @APIResponse(
            responseCode = "200",
            description = "TwiML; also for whoever may not join, who hears so",
            content = @Content(mediaType = "text/xml"))
    @APIResponse(responseCode = "400", description = "CallSid is missing or malformed")
    @APIResponse(responseCode = "403", description = "X-Twilio-Signature is missing or wrong")
    public Uni<Response> answer(SignedForm form, @QueryParam("token") @Nullable String queryToken) {
        CallWebhook call = CallWebhook.of(form);
        LogIds.of().call(call.callSid());
        // How the parameters of an app: target reach its webhook is documented for none of these and seen in all of
        // them.
        Optional<String> token = form.find("token")
                .or(() -> form.find("Param_token"))
                .or(() -> Optional.ofNullable(queryToken).filter(text -> !text.isBlank()));
        return metrics.timed("conference-elevenlabs", () -> token.map(shown -> agent(call, shown))
                        .orElseGet(() -> browser(call, form))
                        .onFailure()
                        .recoverWithItem(failure -> {
                            LOG.error("a leg could not be put into its room", failure);
                            return VoiceTwiml.sayAndHangUp(NOT_FOR_YOU);
                        }))
                .map(TwimlResponse::xml);
    }

    private Uni<String> agent(CallWebhook call, String token) {
        return Bounded.within(config.databaseWait(), tokens.redeem(token, call.callSid()))
                .chain(name -> name.isEmpty()
                        ? Uni.createFrom().item(Optional.<Invitation>empty())
                        : invitations.of(call.callSid(), name.get(), call.receivedAt()))
                .map(found -> found.map(invitation::twiml).orElseGet(() -> {
                    LOG.warn("an agent's leg was refused: its token opens nothing");
                    return VoiceTwiml.hangUp();
                }));
    }

    private Uni<String> browser(CallWebhook call, SignedForm form) {
        Optional<BrowserIdentity> identity = Optional.of(call.from())
                .filter(from -> from.startsWith(BrowserIdentity.CLIENT))
                .flatMap(BrowserIdentity::parse);
        Optional<String> name = form.find("conference").or(() -> form.find("room"));
        if (identity.isEmpty() || name.isEmpty()) {
            LOG.warn("a leg was refused: it shows no token, and no identity and room");
            return Uni.createFrom().item(VoiceTwiml.sayAndHangUp(NOT_FOR_YOU));
        }
        LogIds.of().tenant(identity.get().tenantId());
        boolean muted = form.get("muted").equals("true");
        return rooms.find(identity.get().tenantId(), name.get()).chain(found -> found.filter(Room::open)
                .map(room -> sit(room, call.callSid(), muted))
                .orElseGet(() -> {
                    LOG.warn("a browser was refused: the room is not its tenant's, or is over");
                    return Uni.createFrom().item(VoiceTwiml.sayAndHangUp(NOT_FOR_YOU));
                }));
    }

    /** Gives the browser's leg a place while there is one; the same leg asking twice keeps the one it has. */
    private Uni<String> sit(Room room, String callSid, boolean muted) {
        return rooms.change(
                        room.name(),
                        before -> before.onLeg(callSid).isPresent()
                                        || !before.open()
                                        || before.size() >= config.participants()
                                ? before
                                : before.with(Participant.invited(
                                        UUID.randomUUID(),
                                        before.freeLabel(Role.BROWSER.wire()),
                                        Role.BROWSER,
                                        callSid,
                                        rooms.now())))
                .map(after -> after.flatMap(seated -> seated.onLeg(callSid))
                        .map(place -> ConferenceTwiml.join(
                                lines.seat(RoomAddress.of(room), place.label(), false, muted, null, false)))
                        .orElseGet(() -> {
                            LOG.warn("a browser was refused: the room is full, or has just ended");
                            return VoiceTwiml.sayAndHangUp(NOT_FOR_YOU);
                        }));
    }
}
