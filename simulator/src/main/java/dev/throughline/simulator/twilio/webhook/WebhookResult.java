package dev.throughline.simulator.twilio.webhook;

/** How a webhook ended. */
public sealed interface WebhookResult {

    /**
     * A 2xx answer.
     *
     * @param contentType media type without parameters, lower case; empty when the header is missing
     * @param body at most 64 kB
     * @param url where the answer came from, after redirects; relative addresses in the body resolve against it
     */
    record Answered(int status, String contentType, String body, String url) implements WebhookResult {}

    /**
     * No usable answer.
     *
     * @param code Twilio's error: 11200 HTTP failure or timeout, 11205 no connection, 11750 body too large
     * @param injected whether an armed fault caused it, so nobody is to blame
     */
    record Failed(int code, String reason, boolean injected) implements WebhookResult {}
}
