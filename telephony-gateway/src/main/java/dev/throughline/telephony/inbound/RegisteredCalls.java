package dev.throughline.telephony.inbound;

import dev.throughline.events.lead.ContactAddress;
import dev.throughline.events.lead.LeadIds;
import dev.throughline.events.lead.PhoneNumbers;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.context.LeadContexts;
import dev.throughline.platform.elevenlabs.ConvaiAnswer;
import dev.throughline.platform.elevenlabs.ConvaiClient;
import dev.throughline.platform.elevenlabs.ConversationData;
import dev.throughline.platform.elevenlabs.RegisterCall;
import dev.throughline.telephony.call.CallMetrics;
import dev.throughline.telephony.call.CallParties;
import dev.throughline.telephony.call.CallWebhook;
import dev.throughline.telephony.initiation.ConversationStart;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Lets ElevenLabs take the audio of a call to a number that stays ours (ElevenLabs, <i>Register Twilio calls</i>). */
@Singleton
final class RegisteredCalls {

    private static final Logger LOG = Logger.getLogger(RegisteredCalls.class);

    private final ConvaiClient convai;
    private final LeadContexts contexts;
    private final InboundConfig config;
    private final CallMetrics metrics;
    private final Clock clock;

    RegisteredCalls(
            ConvaiClient convai, LeadContexts contexts, InboundConfig config, CallMetrics metrics, Clock clock) {
        this.convai = convai;
        this.contexts = contexts;
        this.config = config;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * The TwiML by which ElevenLabs takes the call, unchanged. Never fails; empty when it cannot be had, which the log names: no numbers
     * on both sides, an answer that is no TwiML, or none in time.
     */
    Uni<Optional<String>> twiml(CallWebhook call, CallParties parties, Tenant tenant, String agentId) {
        Optional<String> from = PhoneNumbers.normalise(call.from(), tenant.country());
        Optional<String> to = PhoneNumbers.normalise(call.to(), tenant.country());
        if (from.isEmpty() || to.isEmpty()) {
            LOG.info("a call between addresses that are no numbers is not registered at ElevenLabs");
            return Uni.createFrom().item(Optional.empty());
        }
        return data(call, parties, tenant)
                .chain(data -> convai.registerCall(new RegisterCall(agentId, from.get(), to.get(), false, data)))
                .ifNoItem()
                .after(config.registerWait())
                .fail()
                .map(RegisteredCalls::twiml)
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.warnf(
                            "the call could not be registered at ElevenLabs in time and goes by the bridge, reason=%s",
                            failure.getClass().getSimpleName());
                    return Optional.empty();
                })
                .invoke(twiml -> metrics.registered(twiml.isPresent()));
    }

    private Uni<ConversationData> data(CallWebhook call, CallParties parties, Tenant tenant) {
        ContactAddress customer = LeadIds.address(call.from(), tenant.country(), call.callSid());
        return contexts.find(parties.tenantId(), parties.leadId())
                .map(context -> new ConversationStart(tenant, parties.leadId(), customer, call.callSid(), "", context)
                        .data(clock.instant()));
    }

    private static Optional<String> twiml(ConvaiAnswer<String> answer) {
        if (answer instanceof ConvaiAnswer.Failure<String> failure) {
            LOG.warnf(
                    "the call could not be registered at ElevenLabs and goes by the bridge, reason=%s %s: %s",
                    failure.reason(), failure.message(), failure.reason().cure());
        }
        return answer.found();
    }
}
