package dev.throughline.simulator.elevenlabs.telephony;

import dev.throughline.simulator.elevenlabs.conversation.Services;
import dev.throughline.simulator.elevenlabs.postcall.WebhookDelivery;
import io.vertx.ext.web.Router;
import java.util.Optional;

/** Telephone calls the provider carries itself: all of it that the outside meets. */
public final class NativeTelephony {

    private final TwilioRest twilio;
    private final PhoneNumberRoutes numbers;
    private final TelephonyRoutes calls;
    private final TwilioWebhooks webhooks;

    /**
     * Native telephony of {@code services}.
     *
     * @param failures tells of calls that never became one
     * @param publicUrl the stand-in's public address
     * @param twilioApi where Twilio's REST is; empty until {@link #callThrough} says
     */
    public NativeTelephony(Services services, WebhookDelivery failures, String publicUrl, Optional<String> twilioApi) {
        NativeAddresses addresses = new NativeAddresses(publicUrl);
        NativeCalls all = new NativeCalls(services);
        InitiationWebhook initiation = new InitiationWebhook(services);
        twilio = new TwilioRest(services, twilioApi);
        numbers = new PhoneNumberRoutes(services, twilio, addresses);
        calls = new TelephonyRoutes(services, twilio, addresses, all, initiation);
        webhooks = new TwilioWebhooks(services, failures, addresses, all, initiation);
    }

    /** Mounts the sockets of Twilio's streams; these need no API key and must come before anything reads bodies. */
    public void mountSockets(Router router) {
        webhooks.mountSockets(router);
    }

    /** Mounts the provider's endpoints and what Twilio calls. */
    public void mount(Router router) {
        numbers.mount(router);
        calls.mount(router);
        webhooks.mount(router);
    }

    /** Finds Twilio's REST at {@code address}, unless another was configured. */
    public void callThrough(String address) {
        twilio.callThrough(address);
    }
}
