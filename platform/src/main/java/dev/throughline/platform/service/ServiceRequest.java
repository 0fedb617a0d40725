package dev.throughline.platform.service;

import dev.throughline.platform.security.ServiceToken;
import java.time.Duration;
import java.util.UUID;

/**
 * A request to another of our services.
 *
 * @param url absolute
 * @param audience the service asked, one of {@link ServiceToken}'s
 * @param subject the one thing the token is for: a CallSid, an idempotency key
 * @param tenantId whose the thing is
 * @param body JSON; empty for what is only read
 * @param timeout for everything from connecting to the last byte of the answer
 */
public record ServiceRequest(
        String url, String audience, String subject, UUID tenantId, String body, Duration timeout) {}
