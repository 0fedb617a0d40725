package dev.throughline.sms.delivery;

import dev.throughline.sms.SmsConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which failures may have passed by the time the text is sent once more: Twilio advises to do so after these three and no others
 * (Twilio, <em>Errors and warnings</em>, 30001, 30003, 30008). Pure.
 */
final class RepeatRule {

    private static final int QUEUE_FULL = 30_001;
    private static final int UNREACHABLE = 30_003;
    private static final int UNKNOWN = 30_008;

    private static final Set<String> NOT_DELIVERED = Set.of("failed", "undelivered");

    private RepeatRule() {}

    /** How long to wait before the repeat; empty when there is to be none. */
    static Optional<Duration> wait(String status, @Nullable Integer errorCode, SmsConfig.Repeat config) {
        if (errorCode == null || !NOT_DELIVERED.contains(status)) {
            return Optional.empty();
        }
        return switch (errorCode) {
            case QUEUE_FULL -> Optional.of(config.queueFull());
            case UNREACHABLE -> Optional.of(config.unreachable());
            case UNKNOWN -> Optional.of(config.unknown());
            default -> Optional.empty();
        };
    }
}
