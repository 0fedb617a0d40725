package dev.throughline.telephony.call;

import dev.throughline.events.RecordedEvent;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Tells that a call began: once, however often its webhook comes. */
@Singleton
public final class CallAnnouncer {

    private final CallRepository calls;
    private final CallLedger ledger;
    private final Clock clock;

    CallAnnouncer(CallRepository calls, CallLedger ledger, Clock clock) {
        this.calls = calls;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Writes the call and {@code call.started}; completes when that is durable. */
    public Uni<Void> announce(CallParties parties, CallOrigin origin, CallStatus status) {
        Instant now = clock.instant();
        RecordedEvent started = CallEvents.started(parties, origin, now);
        return ledger.record(
                tx -> calls.announce(tx, parties, origin, status, now)
                        .map(first -> first ? List.of(started) : List.of()),
                List.of(started));
    }
}
