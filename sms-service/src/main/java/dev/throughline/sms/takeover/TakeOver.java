package dev.throughline.sms.takeover;

import java.time.Instant;
import java.util.UUID;

/**
 * A human answers the lead's texts.
 *
 * @param author who, as the token names it
 */
record TakeOver(UUID id, UUID tenantId, UUID leadId, String author, Instant since) {}
