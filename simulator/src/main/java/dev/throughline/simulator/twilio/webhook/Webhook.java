package dev.throughline.simulator.twilio.webhook;

import java.util.Map;

/**
 * One request to make.
 *
 * @param method {@code GET} or {@code POST}
 * @param url absolute, as configured; may end with connection overrides in a fragment
 * @param parameters in the order they are written; values not yet encoded
 * @param subject the CallSid or MessageSid it is about
 */
public record Webhook(WebhookKind kind, String method, String url, Map<String, String> parameters, String subject) {}
