package dev.throughline.mediabridge.session;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * The end of a replica: not ready, no new calls, live calls finish. It hangs on Quarkus' shutdown delay, which comes before the HTTP server
 * closes; the delay itself is not set, the time is this observer's. What is left after the grace is closed so that telephony-gateway brings
 * the call to another replica.
 */
@Readiness
@Singleton
public class Drain implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(Drain.class);
    private static final long LAST_CLOSES_MILLIS = 2_000;

    private final SessionRegistry registry;
    private final BridgeConfig config;

    protected Drain(SessionRegistry registry, BridgeConfig config) {
        this.registry = registry;
        this.config = config;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("takes calls")
                .status(!registry.isDraining())
                .build();
    }

    void onShutdown(@Observes ShutdownDelayInitiatedEvent event) throws InterruptedException {
        registry.drain();
        if (registry.active() == 0) {
            return;
        }
        LOG.infof(
                "waiting for live calls, calls=%d graceSeconds=%d",
                registry.active(), config.drainGrace().toSeconds());
        if (!registry.awaitNone(config.drainGrace().toMillis())) {
            LOG.warnf("grace is over, calls are closed, calls=%d", registry.active());
            registry.sessions().forEach(BridgeSession::shutDown);
            registry.awaitNone(LAST_CLOSES_MILLIS);
        }
    }
}
