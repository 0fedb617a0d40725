package dev.throughline.telephony.conference;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.twilio.PublicUrl;
import dev.throughline.platform.twilio.TwilioConfig;
import dev.throughline.platform.web.Problem;
import dev.throughline.telephony.call.WebhookPaths;
import dev.throughline.telephony.twilio.ConferenceTwiml.Seat;
import dev.throughline.telephony.twilio.TwilioConferences.NewParticipant;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a leg is put into a room: from which number, with which callbacks and limits. */
@Singleton
public final class RoomLines {

    private final PublicUrl publicUrl;
    private final TwilioConfig twilio;
    private final ConferenceConfig config;

    RoomLines(PublicUrl publicUrl, TwilioConfig twilio, ConferenceConfig config) {
        this.publicUrl = publicUrl;
        this.twilio = twilio;
        this.config = config;
    }

    /** The number a tenant calls from: its own, else the installation's. @throws Problem 422 when there is neither */
    public String from(Tenant tenant) {
        return Optional.ofNullable(tenant.twilioPhoneNumber())
                .or(twilio::phoneNumber)
                .filter(number -> !number.isBlank())
                .orElseThrow(
                        () -> Problem.of(
                                422,
                                "NO_NUMBER",
                                "There is no number to call from: give the tenant a twilioPhoneNumber, or set TWILIO_PHONE_NUMBER."));
    }

    /** The TwiML application with a parameter, as Twilio is to call it. @throws Problem 503 when none is configured */
    String application(String token) {
        String sid = twilio.twimlAppSid()
                .filter(set -> !set.isBlank())
                .orElseThrow(
                        () -> Problem.of(
                                503,
                                "NOT_CONFIGURED",
                                "TWILIO_TWIML_APP_SID is not set: give the AP… of a TwiML application whose voice URL is /api/twilio/conference-elevenlabs."));
        return "app:" + sid + "?token=" + token;
    }

    /**
     * A call into a room. The customer's leg is a call like any other and reports as one; the legs of others report to the room alone,
     * or they would make leads of the business's own people and of the agent.
     */
    NewParticipant call(
            RoomAddress room, String label, boolean customer, String from, String to, boolean endsRoom, boolean muted) {
        return new NewParticipant(
                room.name(),
                label,
                from,
                to,
                endsRoom,
                muted,
                callback(room),
                publicUrl.repeated(WebhookPaths.TWILIO
                        + (customer
                                ? WebhookPaths.STATUS
                                : WebhookPaths.CONFERENCE_STATUS + "/" + room.name() + "/" + label)),
                config.ringing(),
                config.atMost());
    }

    /**
     * A seat for a leg that is on the line already.
     *
     * @param action asked for more TwiML when the leg has left the room, a path below the public address; null = the call ends
     */
    public Seat seat(
            RoomAddress room,
            String label,
            boolean endsRoom,
            boolean muted,
            @Nullable String action,
            boolean starLeaves) {
        return new Seat(
                room.name(),
                label,
                endsRoom,
                muted,
                callback(room),
                action == null ? null : publicUrl.of(action),
                starLeaves,
                config.atMost());
    }

    private String callback(RoomAddress room) {
        return publicUrl.repeated(WebhookPaths.TWILIO + WebhookPaths.conference(room.tenantId(), room.leadId()));
    }
}
