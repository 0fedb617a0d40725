package dev.throughline.sms.request;

import dev.throughline.events.lead.PhoneNumbers;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.web.Problem;
import dev.throughline.sms.outbound.Errand;
import dev.throughline.sms.outbound.OutboundTexts;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request whose every field can be used.
 *
 * @param to E.164; null when only the lead was named
 * @param leadId null when only the number was named
 * @param sendAt null = now
 * @param schedule whether quiet hours put it off instead of refusing it
 * @param key null when the caller gave none
 * @param errand what another service wants it for; null = an operator asks
 */
record CheckedRequest(
        @Nullable String to,
        @Nullable UUID leadId,
        String body,
        List<String> mediaUrls,
        @Nullable Instant sendAt,
        boolean schedule,
        OutboundTexts.@Nullable Key key,
        @Nullable Errand errand) {

    private static final int MOST_MEDIA = 10;
    static final int LONGEST_KEY = 200;

    /** As {@link #of(SendRequest, Errand, Tenant, int)}, asked for by an operator. */
    static CheckedRequest of(SendRequest request, Tenant tenant, int maxLength) {
        return of(request, null, tenant, maxLength);
    }

    /**
     * Reads the request.
     *
     * @param errand what another service wants it for; its key takes the place of the request's
     * @param maxLength most characters of a text
     * @throws Problem 400 naming every wrong field
     */
    static CheckedRequest of(SendRequest request, @Nullable Errand errand, Tenant tenant, int maxLength) {
        List<Problem.Field> wrong = new ArrayList<>();
        CheckedRequest checked = new CheckedRequest(
                number(request.to(), tenant.country(), wrong),
                lead(request.leadId(), wrong),
                request.body() == null ? "" : request.body(),
                media(request.mediaUrls(), wrong),
                instant(request.sendAt(), wrong),
                schedule(request.inQuietHours(), wrong),
                errand == null ? key(request, wrong) : key(request, errand),
                errand);
        if (isBlank(request.to()) && isBlank(request.leadId())) {
            wrong.add(new Problem.Field("to", "or leadId is required"));
        }
        if (checked.body().isBlank() && checked.mediaUrls().isEmpty()) {
            wrong.add(new Problem.Field("body", "is empty: write a text or give mediaUrls"));
        }
        if (checked.body().length() > maxLength) {
            wrong.add(new Problem.Field(
                    "body",
                    "has " + checked.body().length() + " characters, at most " + maxLength
                            + " can be sent: shorten it"));
        }
        if (!wrong.isEmpty()) {
            throw Problem.invalid(wrong);
        }
        return checked;
    }

    private static @Nullable String number(@Nullable String to, String country, List<Problem.Field> wrong) {
        if (isBlank(to)) {
            return null;
        }
        return PhoneNumbers.normalise(to, country).orElseGet(() -> {
            wrong.add(new Problem.Field("to", "must be a phone number, e.g. +12025550100"));
            return null;
        });
    }

    private static @Nullable UUID lead(@Nullable String leadId, List<Problem.Field> wrong) {
        try {
            return isBlank(leadId) ? null : UUID.fromString(leadId);
        } catch (IllegalArgumentException malformed) {
            wrong.add(new Problem.Field("leadId", "must be a UUID"));
            return null;
        }
    }

    private static List<String> media(@Nullable List<String> urls, List<Problem.Field> wrong) {
        if (urls == null) {
            return List.of();
        }
        if (urls.size() > MOST_MEDIA || urls.stream().anyMatch(url -> !isPublicAddress(url))) {
            wrong.add(new Problem.Field("mediaUrls", "must be at most " + MOST_MEDIA + " https addresses"));
            return List.of();
        }
        return urls;
    }

    private static boolean isPublicAddress(@Nullable String url) {
        try {
            return url != null
                    && "https".equalsIgnoreCase(URI.create(url).getScheme())
                    && URI.create(url).getHost() != null;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static @Nullable Instant instant(@Nullable String at, List<Problem.Field> wrong) {
        try {
            return isBlank(at) ? null : OffsetDateTime.parse(at).toInstant();
        } catch (DateTimeParseException malformed) {
            wrong.add(new Problem.Field("sendAt", "must be a time with its offset, e.g. 2026-12-01T09:30:00Z"));
            return null;
        }
    }

    private static boolean schedule(@Nullable String choice, List<Problem.Field> wrong) {
        if (choice != null && !choice.equals("refuse") && !choice.equals("schedule")) {
            wrong.add(new Problem.Field("inQuietHours", "must be refuse or schedule"));
        }
        return "schedule".equals(choice);
    }

    private static OutboundTexts.@Nullable Key key(SendRequest request, List<Problem.Field> wrong) {
        String key = request.idempotencyKey();
        if (isBlank(key)) {
            return null;
        }
        if (key.length() > LONGEST_KEY) {
            wrong.add(new Problem.Field("idempotencyKey", "must have at most " + LONGEST_KEY + " characters"));
            return null;
        }
        return new OutboundTexts.Key(key, hash(request));
    }

    /** Apart from operators' keys, and from those of other purposes. */
    private static OutboundTexts.Key key(SendRequest request, Errand errand) {
        return new OutboundTexts.Key(errand.purpose().wireName() + ":" + errand.key(), hash(request));
    }

    private static String hash(SendRequest request) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(request.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", e);
        }
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
