package dev.throughline.mediabridge.session;

import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The streams of this replica, from their upgrade to their close, and whether there may be more. Thread-safe. */
@Singleton
class SessionRegistry {

    private final BridgeConfig config;
    private final Set<BridgeSession> sessions = ConcurrentHashMap.newKeySet();
    private int places;
    private int unstarted;
    private boolean draining;

    SessionRegistry(BridgeConfig config) {
        this.config = config;
    }

    /** Takes a place for one stream; false when all are taken, too many wait to start, or the service is going away. */
    synchronized boolean takePlace() {
        if (draining || places >= config.maxCalls() || unstarted >= config.maxUnstarted()) {
            return false;
        }
        places++;
        unstarted++;
        return true;
    }

    /** A stream that has a place sent its {@code start}; once per stream. */
    synchronized void started() {
        unstarted--;
    }

    /**
     * Gives a place back, once per place taken.
     *
     * @param wasWaiting whether its stream never started
     */
    synchronized void givePlaceBack(boolean wasWaiting) {
        places--;
        unstarted -= wasWaiting ? 1 : 0;
        notifyAll();
    }

    void add(BridgeSession session) {
        sessions.add(session);
    }

    /** The stream is closed; its place is free. */
    void remove(BridgeSession session, boolean wasWaiting) {
        sessions.remove(session);
        givePlaceBack(wasWaiting);
    }

    /** Whether this replica carries the call. */
    boolean carries(String callSid) {
        return sessions.stream().anyMatch(session -> callSid.equals(session.callSid()));
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
