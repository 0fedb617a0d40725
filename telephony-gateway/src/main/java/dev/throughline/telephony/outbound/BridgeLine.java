package dev.throughline.telephony.outbound;

import dev.throughline.events.tenant.CallSettings.AnsweringMachine;
import dev.throughline.platform.twilio.PublicUrl;
import dev.throughline.platform.twilio.SendOutcome;
import dev.throughline.telephony.twilio.CallChange;
import dev.throughline.telephony.twilio.NewCall;
import dev.throughline.telephony.twilio.NewCall.MachineDetection;
import dev.throughline.telephony.twilio.TwilioCall;
import dev.throughline.telephony.twilio.TwilioCalls;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Objects;

/** Calls that we place at Twilio and our bridge carries. Twilio's questions about them name the row, not only the call. */
@Singleton
final class BridgeLine {

    private final TwilioCalls twilio;
    private final PublicUrl publicUrl;
    private final OutboundConfig config;

    BridgeLine(TwilioCalls twilio, PublicUrl publicUrl, OutboundConfig config) {
        this.twilio = twilio;
        this.publicUrl = publicUrl;
        this.config = config;
    }

    /** Places the call, once. */
    Uni<Attempt> call(OutboundRow row) {
        return twilio.create(order(row)).map(BridgeLine::attempt);
    }

    private NewCall order(OutboundRow row) {
        boolean untilBeep = row.plan().machinePolicy() == AnsweringMachine.LEAVE_MESSAGE;
        return new NewCall(
                row.plan().customer(),
                Objects.requireNonNull(row.progress().fromNumber(), "a call of the bridge has a number"),
                new CallChange.Url(publicUrl.of(OutboundWebhooks.path(row.id(), ""))),
                publicUrl.repeated(OutboundWebhooks.path(row.id(), OutboundWebhooks.STATUS)),
                config.ringing(),
                new MachineDetection(
                        untilBeep, publicUrl.repeated(OutboundWebhooks.path(row.id(), OutboundWebhooks.AMD))));
    }

    static Attempt attempt(SendOutcome<TwilioCall> outcome) {
        return switch (outcome) {
            case SendOutcome.Accepted<TwilioCall>(TwilioCall call) -> new Attempt.Placed(call.sid(), null);
            case SendOutcome.Refused<TwilioCall> refused -> new Attempt.Refused(TwilioRefusals.of(refused));
            case SendOutcome.Unclear<TwilioCall> unclear -> new Attempt.Unclear(unclear.reason());
        };
    }
}
