package dev.throughline.platform.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import java.time.Duration;

/** How often each of many may do something within a minute. In this process's memory: each replica counts for itself. */
public final class RateLimit {

    /** What is used up comes back evenly within this time. */
    public static final Duration WINDOW = Duration.ofMinutes(1);

    private final Cache<String, Bucket> allowances;

    /** @param remembered past it the least recent are forgotten, and so start afresh */
    public RateLimit(int remembered) {
        this.allowances = Caffeine.newBuilder()
                .maximumSize(remembered)
                .expireAfterAccess(WINDOW.multipliedBy(2))
                .build();
    }

    /** Takes one from the allowance of {@code who}; false when it is used up. Another {@code mostPerMinute} is another allowance. */
    public boolean admits(String who, int mostPerMinute) {
        return allowances
                .get(who + "|" + mostPerMinute, ignored -> allowance(mostPerMinute))
                .tryConsume(1);
    }

    private static Bucket allowance(int most) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(most).refillGreedy(most, WINDOW))
                .build();
    }
}
