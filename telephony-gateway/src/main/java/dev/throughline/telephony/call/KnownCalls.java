package dev.throughline.telephony.call;

import dev.throughline.events.tenant.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Looks calls up by their CallSid: whose they are, who talks to whom, which agent answers. */
@Singleton
public final class KnownCalls {

    private static final Logger LOG = Logger.getLogger(KnownCalls.class);

    private final Pool pool;
    private final CallRepository calls;
    private final CalledTenant tenants;
    private final CallConfig config;

    KnownCalls(Pool pool, CallRepository calls, CalledTenant tenants, CallConfig config) {
        this.pool = pool;
        this.calls = calls;
        this.tenants = tenants;
        this.config = config;
    }

    /** Whose call it is: as it was announced, or, where that cannot be had, as its webhook tells it. Never fails. */
    public Uni<WhoseCall> whose(CallWebhook call) {
        return find(call.callSid())
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.warnf(
                            "the call could not be looked up, its webhook is believed, reason=%s",
                            failure.getClass().getSimpleName());
                    return Optional.empty();
                })
                .map(row -> row.map(
                                known -> new WhoseCall(tenants.of(known.parties()), known.parties(), known.origin()))
                        .orElseGet(() -> told(call)));
    }

    private WhoseCall told(CallWebhook call) {
        Optional<Tenant> tenant = tenants.of(call);
        CallParties parties = tenant.map(owner -> CallParties.of(call.callSid(), owner, call.customer()))
                .orElse(null);
        return new WhoseCall(tenant, parties, call.origin(null));
    }

    /**
     * The call, whether it lives or not; empty when nothing was ever heard of it. Fails when the database does not answer within
     * {@code throughline.telephony.call.database-wait}.
     */
    public Uni<Optional<CallRow>> find(String callSid) {
        return Bounded.within(config.databaseWait(), calls.find(pool, callSid));
    }

    /** Notes that somebody of the business took the call. Fails when the database does not answer in time. */
    public Uni<Void> humanAnswered(String callSid) {
        return Bounded.within(config.databaseWait(), calls.humanAnswered(pool, callSid));
    }

    /** As {@link #find(String)}; another tenant's call is not there. */
    public Uni<Optional<CallRow>> find(UUID tenantId, String callSid) {
        return find(callSid)
                .map(found -> found.filter(call -> call.parties().tenantId().equals(tenantId)));
    }
}
