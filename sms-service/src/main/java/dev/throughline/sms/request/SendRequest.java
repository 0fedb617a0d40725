package dev.throughline.sms.request;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /api/twilio/send-sms} as sent; everything may be missing.
 *
 * @param to receiver, as people write numbers; or {@code leadId}
 * @param sendAt ISO 8601 instant; null = now
 * @param idempotencyKey a repeat under the same key sends nothing more and gets the same answer
 * @param inQuietHours {@code refuse} (default) or {@code schedule} to their end
 */
record SendRequest(
        @Nullable String tenantId,
        @Nullable String to,
        @Nullable String leadId,
        @Nullable String body,
        @Nullable List<String> mediaUrls,
        @Nullable String sendAt,
        @Nullable String idempotencyKey,
        @Nullable String inQuietHours) {}
