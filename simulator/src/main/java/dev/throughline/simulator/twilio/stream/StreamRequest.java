package dev.throughline.simulator.twilio.stream;

import java.util.Map;

/**
 * The stream a call asks for.
 *
 * @param url absolute wss URL without a query, as written; it is what the upgrade's signature covers
 * @param customParameters what {@code start} carries, in document order
 */
public record StreamRequest(
        String accountSid, String callSid, String streamSid, String url, Map<String, String> customParameters) {}
