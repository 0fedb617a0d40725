package dev.throughline.telephony.call;

import dev.throughline.events.CallEvent.Path;
import dev.throughline.events.RecordedEvent;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;

/** Tells that a call began: once, however often its webhook comes. */
@Singleton
public final class CallAnnouncer {

    private final CallRepository calls;
    private final CallLedger ledger;
    private final InstantSource clock = InstantSource.system();

    CallAnnouncer(CallRepository calls, CallLedger ledger) {
        this.calls = calls;
        this.ledger = ledger;
    }

    /** Writes the call and {@code call.started}; completes when that is durable. */
    public Uni<Void> announce(CallWebhook call, CallParties parties, Path path) {
        var now = clock.instant();
        RecordedEvent started = CallEvents.started(parties, path, call.from(), call.to(), now);
        return ledger.record(
                tx -> calls.announce(tx, parties, call.status(), now)
                        .map(first -> first ? List.of(started) : List.of()),
                List.of(started));
    }
}
