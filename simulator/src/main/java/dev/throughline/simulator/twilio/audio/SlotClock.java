package dev.throughline.simulator.twilio.audio;

import io.vertx.core.Vertx;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * Fifty slots a second on the event loop it was started on. Deadlines are absolute, so a late timer is followed by shorter waits
 * and the rate stays what it is.
 */
public final class SlotClock {

    private static final long SLOT_NANOS = MuLaw.FRAME_MILLIS * 1_000_000L;
    private static final long HALF_MILLI = 500_000;

    private final Vertx vertx;
    private final BooleanSupplier going;
    private final LongConsumer slot;
    private final long startNanos = System.nanoTime();
    private long done;

    private SlotClock(Vertx vertx, BooleanSupplier going, LongConsumer slot) {
        this.vertx = vertx;
        this.going = going;
        this.slot = slot;
    }

    /** Calls {@code slot} with 1, 2, 3… every 20 ms as long as {@code going}. Must be called on an event loop. */
    public static void start(Vertx vertx, BooleanSupplier going, LongConsumer slot) {
        new SlotClock(vertx, going, slot).schedule();
    }

    private void schedule() {
        long due = startNanos + (done + 1) * SLOT_NANOS;
        long waitMillis = Math.max(1, (due - System.nanoTime() + HALF_MILLI) / 1_000_000);
        vertx.setTimer(waitMillis, timer -> catchUp());
    }

    private void catchUp() {
        while (going.getAsBoolean() && System.nanoTime() + HALF_MILLI - (startNanos + (done + 1) * SLOT_NANOS) >= 0) {
            slot.accept(++done);
        }
        if (going.getAsBoolean()) {
            schedule();
        }
    }
}
