package dev.throughline.tools.calendar;

import dev.throughline.platform.security.ServiceToken;
import dev.throughline.platform.twilio.PublicUrl;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The address of one appointment's {@code .ics}, for the customer: signed with {@code INTERNAL_SECRET}, so that it cannot be made from an
 * appointment's id. It shows the appointment as it stands, moved or cancelled.
 */
@Singleton
public class CalendarLinks {

    private static final int SIGNATURE_BYTES = 16;

    private final PublicUrl publicUrl;
    private final Optional<String> secret;

    @Inject
    CalendarLinks(PublicUrl publicUrl, ServiceToken.Config config) {
        this.publicUrl = publicUrl;
        this.secret = config.secret().filter(value -> !value.isBlank());
    }

    /** The public address; empty without {@code INTERNAL_SECRET}. */
    public Optional<String> of(UUID tenantId, UUID appointmentId) {
        return signature(tenantId, appointmentId)
                .map(signature -> publicUrl.of(
                        "/api/calendars/appointments/" + tenantId + "/" + appointmentId + "/" + signature + ".ics"));
    }

    /** Whether the signature is that of the appointment's address; in constant time. */
    boolean accepts(UUID tenantId, UUID appointmentId, String given) {
        return signature(tenantId, appointmentId)
                .filter(expected -> MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8)))
                .isPresent();
    }

    private Optional<String> signature(UUID tenantId, UUID appointmentId) {
        return secret.map(key -> {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
                byte[] whole =
                        mac.doFinal(("calendar|" + tenantId + "|" + appointmentId).getBytes(StandardCharsets.UTF_8));
                return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(whole, SIGNATURE_BYTES));
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException("HmacSHA256 is part of every Java platform", impossible);
            }
        });
    }
}
