package dev.throughline.telephony.outbound;

import dev.throughline.events.CallEvent.Path;
import java.util.Locale;
import java.util.Optional;

/** Who carries a call out. */
enum Via {
    /** ElevenLabs calls and talks; we hear of it afterwards. */
    NATIVE(Path.NATIVE),
    /** We call, and our bridge brings the agent. */
    BRIDGE(Path.BRIDGE);

    private final Path path;

    Via(Path path) {
        this.path = path;
    }

    static Optional<Via> of(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "native" -> Optional.of(NATIVE);
            case "bridge" -> Optional.of(BRIDGE);
            default -> Optional.empty();
        };
    }

    Path path() {
        return path;
    }

    /** As it stands in answers, for example {@code native}. */
    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
