package dev.throughline.telephony.call;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/** Looks calls up by their CallSid: whose they are, who talks to whom, which agent answers. */
@Singleton
public final class KnownCalls {

    private final Pool pool;
    private final CallRepository calls;
    private final CallConfig config;

    KnownCalls(Pool pool, CallRepository calls, CallConfig config) {
        this.pool = pool;
        this.calls = calls;
        this.config = config;
    }

    /**
     * The call, whether it lives or not; empty when nothing was ever heard of it. Fails when the database does not answer within
     * {@code throughline.telephony.call.database-wait}.
     */
    public Uni<Optional<CallRow>> find(String callSid) {
        return Bounded.within(config.databaseWait(), calls.find(pool, callSid));
    }

    /** As {@link #find(String)}; another tenant's call is not there. */
    public Uni<Optional<CallRow>> find(UUID tenantId, String callSid) {
        return find(callSid)
                .map(found -> found.filter(call -> call.parties().tenantId().equals(tenantId)));
    }
}
