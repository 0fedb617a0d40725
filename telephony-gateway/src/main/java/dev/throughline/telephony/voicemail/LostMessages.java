package dev.throughline.telephony.voicemail;

import dev.throughline.platform.twilio.SendOutcome;
import dev.throughline.platform.web.Problem;
import dev.throughline.telephony.call.CallParties;
import dev.throughline.telephony.call.CallRow;
import dev.throughline.telephony.call.CalledTenant;
import dev.throughline.telephony.call.KnownCalls;
import dev.throughline.telephony.twilio.RecordedCalls;
import dev.throughline.telephony.twilio.TwilioCall;
import dev.throughline.telephony.twilio.TwilioCalls;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Messages that were told of and never written down, because the database was away: Twilio says on which call one was left, and whose call
 * that is we know, by the call or by the number that was called.
 */
@Singleton
final class LostMessages {

    private static final Logger LOG = Logger.getLogger(LostMessages.class);
    private static final int NOT_FOUND = 404;

    private final RecordedCalls recordings;
    private final KnownCalls calls;
    private final TwilioCalls twilio;
    private final CalledTenant tenants;
    private final VoiceMessages messages;

    LostMessages(
            RecordedCalls recordings,
            KnownCalls calls,
            TwilioCalls twilio,
            CalledTenant tenants,
            VoiceMessages messages) {
        this.recordings = recordings;
        this.calls = calls;
        this.twilio = twilio;
        this.tenants = tenants;
        this.messages = messages;
    }

    /**
     * Whether a recording is a message left for this tenant; it is then written down.
     *
     * @throws Problem 503 when Twilio or the database does not say
     */
    Uni<Boolean> find(UUID tenantId, String recordingSid) {
        return recordings
                .message(recordingSid)
                .map(outcome -> told(outcome).flatMap(message -> message))
                .chain(message -> message.isEmpty()
                        ? Uni.createFrom().item(Optional.<CallParties>empty())
                        : whose(message.get().callSid())
                                .map(call ->
                                        call.filter(found -> found.tenantId().equals(tenantId)))
                                .call(own -> own.isEmpty()
                                        ? Uni.createFrom().voidItem()
                                        : keep(new VoiceMessage(
                                                own.get(),
                                                recordingSid,
                                                message.get().durationSeconds()))))
                .map(Optional::isPresent);
    }

    private Uni<Void> keep(VoiceMessage message) {
        LOG.info("a voice message that was told of without the database is written down");
        return messages.add(message);
    }

    private Uni<Optional<CallParties>> whose(String callSid) {
        return calls.find(callSid)
                .chain(known -> known.isPresent()
                        ? Uni.createFrom().item(known.map(CallRow::parties))
                        : twilio.fetch(callSid).map(LostMessages::told).map(found -> found.flatMap(this::byNumber)));
    }

    /** Messages are left by those who call us. */
    private Optional<CallParties> byNumber(TwilioCall call) {
        return call.direction().equals("inbound")
                ? tenants.of(call.to()).map(tenant -> CallParties.of(call.sid(), tenant, call.from()))
                : Optional.empty();
    }

    /** Empty for what Twilio does not have. @throws Problem 503 when it did not say */
    private static <T> Optional<T> told(SendOutcome<T> outcome) {
        return switch (outcome) {
            case SendOutcome.Accepted<T>(T resource) -> Optional.of(resource);
            case SendOutcome.Refused<T> refused -> {
                if (refused.httpStatus() != NOT_FOUND) {
                    throw Problem.unavailable("Twilio does not say whose message this is: try again shortly.");
                }
                yield Optional.empty();
            }
            case SendOutcome.Unclear<T> unclear ->
                throw Problem.unavailable("Twilio does not say whose message this is: try again shortly.");
        };
    }
}
