package dev.throughline.context.lead;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * Where a page ended: the time and id of its last row. As text it is opaque to clients and safe in a URL.
 *
 * @param id of a lead on the board, of an entry on a timeline
 */
record LeadCursor(Instant time, UUID id) {

    String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((time + "|" + id).getBytes(StandardCharsets.UTF_8));
    }

    /** Reads what {@link #text} wrote; empty for anything else. */
    static Optional<LeadCursor> parse(String text) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("\\|", -1);
            return parts.length == 2
                    ? Optional.of(new LeadCursor(Instant.parse(parts[0]), UUID.fromString(parts[1])))
                    : Optional.empty();
        } catch (IllegalArgumentException | DateTimeException notACursor) {
            return Optional.empty();
        }
    }
}
