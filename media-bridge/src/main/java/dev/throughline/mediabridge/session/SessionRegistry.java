package dev.throughline.mediabridge.session;

import dev.throughline.mediabridge.admission.CallFacts;
import dev.throughline.mediabridge.listen.Audible;
import dev.throughline.mediabridge.listen.AudibleCalls;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The streams of this replica, from their upgrade to their close, and whether there may be more. Thread-safe. */
@Singleton
class SessionRegistry implements AudibleCalls {

    private final BridgeConfig config;
    private final Set<BridgeSession> sessions = ConcurrentHashMap.newKeySet();
    private int places;
    private int strangers;
    private boolean draining;

    SessionRegistry(BridgeConfig config) {
        this.config = config;
    }

    /**
     * Takes a place for one stream; false when all are taken, too many strangers wait to start, or the service is going away.
     *
     * @param announced whether its address named a call; one that did not is a stranger until its {@code start}
     */
    synchronized boolean takePlace(boolean announced) {
        if (draining || places >= config.maxCalls() || (!announced && strangers >= config.maxUnstarted())) {
            return false;
        }
        places++;
        strangers += announced ? 0 : 1;
        return true;
    }

    /** A stranger sent a good {@code start}; once per stream. */
    synchronized void started() {
        strangers--;
    }

    /**
     * Gives a place back, once per place taken.
     *
     * @param stranger whether its stream is one still
     */
    synchronized void givePlaceBack(boolean stranger) {
        places--;
        strangers -= stranger ? 1 : 0;
        notifyAll();
    }

    void add(BridgeSession session) {
        sessions.add(session);
    }

    /** The stream is closed; its place is free. */
    void remove(BridgeSession session, boolean stranger) {
        sessions.remove(session);
        givePlaceBack(stranger);
    }

    /** Whether this replica carries the call. */
    boolean carries(String callSid) {
        return sessions.stream().anyMatch(session -> {
            CallFacts call = session.accepted();
            return call != null && call.callSid().equals(callSid);
        });
    }

    @Override
    public Optional<Audible> audible(String callSid, @Nullable UUID tenantId) {
        for (BridgeSession session : sessions) {
            CallFacts call = session.accepted();
            if (call != null
                    && (call.callSid().equals(callSid) || call.callId().equals(callSid))
                    && (tenantId == null || call.tenant().id().equals(tenantId))) {
                return Optional.of(session);
            }
        }
        return Optional.empty();
    }

    /** No new streams from now on. */
    synchronized void drain() {
        draining = true;
    }

    synchronized boolean isDraining() {
        return draining;
    }

    /** Streams that have a place. */
    synchronized int active() {
        return places;
    }

    /** Waits until no stream is left, at most {@code millis}; whether none is. Blocks: not for an event loop. */
    synchronized boolean awaitNone(long millis) throws InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        while (places > 0) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    Set<BridgeSession> sessions() {
        return Set.copyOf(sessions);
    }
}
