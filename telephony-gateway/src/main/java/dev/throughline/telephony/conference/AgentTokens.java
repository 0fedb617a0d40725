package dev.throughline.telephony.conference;

import dev.throughline.platform.security.Sha256;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;

/**
 * The one-time tokens by which the agent's leg is known again: its CallSid in Twilio's request need not be the one the participant has
 * (Twilio, <i>Conference participants</i>). Only a token's hash is stored. A token is good for one leg; the same leg may ask twice.
 */
@Singleton
final class AgentTokens {

    private static final int TOKEN_BYTES = 24;

    /** The oldest place kept for an agent that has no token yet. */
    private static final String ISSUE = """
            UPDATE conference_participants SET token_hash = $2, token_until = $3
            WHERE id = (SELECT id FROM conference_participants
                        WHERE room = $1 AND role = 'AI' AND token_hash IS NULL AND joined_at IS NULL AND left_at IS NULL
                          AND absent_at IS NULL
                        ORDER BY ordinal LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING label
            """;

    private static final String REDEEM = """
            UPDATE conference_participants SET token_leg = $2
            WHERE token_hash = $1 AND token_until > $3 AND left_at IS NULL AND absent_at IS NULL
              AND (token_leg IS NULL OR token_leg = $2)
            RETURNING room
            """;

    private static final String ROOM_OF = """
            SELECT room FROM conference_participants WHERE token_leg = $1 AND left_at IS NULL AND absent_at IS NULL
            """;

    private final Pool pool;
    private final ConferenceConfig config;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    AgentTokens(Pool pool, ConferenceConfig config, Clock clock) {
        this.pool = pool;
        this.config = config;
        this.clock = clock;
    }

    /** A place in a room and the token that opens it. */
    record Issued(String label, String token) {}

    /** Takes the place that is kept for the agent; empty when there is none, or another replica was first. */
    Uni<Optional<Issued>> issue(String room) {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant until = clock.instant().plus(config.agentToken());
        return pool.preparedQuery(ISSUE)
                .execute(Tuple.of(room, Sha256.hex(token), until.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(new Issued(rows.iterator().next().getString("label"), token)));
    }

    /** The room a token opens for a leg; empty for a token that is not ours, too old, or used by another leg. */
    Uni<Optional<String>> redeem(String token, String leg) {
        return pool.preparedQuery(REDEEM)
                .execute(Tuple.of(Sha256.hex(token), leg, clock.instant().atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(rows.iterator().next().getString("room")));
    }

    /** The room a leg was let into and has not left; empty for any other leg. */
    Uni<Optional<String>> roomOf(String leg) {
        return pool.preparedQuery(ROOM_OF)
                .execute(Tuple.of(leg))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(rows.iterator().next().getString("room")));
    }
}
