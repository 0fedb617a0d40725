package dev.throughline.telephony.live;

import dev.throughline.telephony.call.CallRow;
import dev.throughline.telephony.call.CallSids;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** Where a page ended: the start and CallSid of its last call. As text it is opaque to clients and safe in a URL. */
record LiveCursor(Instant since, String callSid) {

    static final LiveCursor BEGINNING = new LiveCursor(Instant.EPOCH, "");

    static LiveCursor after(CallRow last) {
        return new LiveCursor(last.startedAt(), last.parties().callSid());
    }

    String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((since + "|" + callSid).getBytes(StandardCharsets.UTF_8));
    }

    /** Reads what {@link #text} wrote; empty for anything else. */
    static Optional<LiveCursor> parse(String text) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("\\|", -1);
            return parts.length == 2 && CallSids.valid(parts[1])
                    ? Optional.of(new LiveCursor(Instant.parse(parts[0]), parts[1]))
                    : Optional.empty();
        } catch (IllegalArgumentException | DateTimeException notACursor) {
            return Optional.empty();
        }
    }
}
