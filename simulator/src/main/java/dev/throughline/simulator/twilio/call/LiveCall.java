package dev.throughline.simulator.twilio.call;

import dev.throughline.simulator.twilio.audio.CallerEar;
import dev.throughline.simulator.twilio.audio.CallerVoice;
import dev.throughline.simulator.twilio.audio.Recording;
import dev.throughline.simulator.twilio.stream.MediaStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One call leg. Its runner executes TwiML on a virtual thread; the scripted caller, control paths and REST updates reach it from
 * other threads through {@link #interrupt}.
 */
final class LiveCall {

    private static final int MAX_DIGITS = 100;

    private final String sid;
    private final String from;
    private final String to;
    private final String direction;
    private final String numberSid;
    private final Instant created = Instant.now();
    private final CallerVoice voice = new CallerVoice();
    private final CallerEar ear = new CallerEar();
    private final Recording recording = new Recording();
    private final CallJournal journal = new CallJournal();
    private final BlockingQueue<String> digits = new ArrayBlockingQueue<>(MAX_DIGITS);
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    private volatile CallStatus status = CallStatus.QUEUED;
    private volatile @Nullable Instant startTime;
    private volatile @Nullable Instant endTime;
    private volatile @Nullable MediaStream stream;
    private CompletableFuture<Interruption> signal = new CompletableFuture<>();
    private int sequenceNumber;

    /**
     * A call that has not begun.
     *
     * @param direction {@code inbound} or {@code outbound-api}
     * @param numberSid the account's number at our end
     */
    LiveCall(String sid, String from, String to, String direction, String numberSid) {
        this.sid = sid;
        this.from = from;
        this.to = to;
        this.direction = direction;
        this.numberSid = numberSid;
    }

    String sid() {
        return sid;
    }

    String from() {
        return from;
    }

    String to() {
        return to;
    }

    String direction() {
        return direction;
    }

    boolean isInbound() {
        return direction.equals("inbound");
    }

    String numberSid() {
        return numberSid;
    }

    Instant created() {
        return created;
    }

    @Nullable Instant startTime() {
        return startTime;
    }

    @Nullable Instant endTime() {
        return endTime;
    }

    CallerVoice voice() {
        return voice;
    }

    CallerEar ear() {
        return ear;
    }

    Recording recording() {
        return recording;
    }

    CallJournal journal() {
        return journal;
    }

    BlockingQueue<String> digits() {
        return digits;
    }

    CallStatus status() {
        return status;
    }

    /** Completes when the call has ended. */
    CompletableFuture<Void> over() {
        return over;
    }

    /** Moves to {@code next}; keeps the times of answer and end. */
    void become(CallStatus next) {
        status = next;
        if (next == CallStatus.IN_PROGRESS) {
            startTime = Instant.now();
        }
        if (next.isTerminal()) {
            endTime = Instant.now();
            over.complete(null);
        }
        journal.event("status", next.word());
    }

    /** Whole seconds between answer and end (or now); 0 when never answered. */
    long durationSeconds() {
        Instant answered = startTime;
        Instant ended = endTime;
        return answered == null
                ? 0
                : Math.round(Duration.between(answered, ended == null ? Instant.now() : ended)
                                .toMillis()
                        / 1000.0);
    }

    /** The next {@code SequenceNumber} of status callbacks, from 0. */
    synchronized int nextSequenceNumber() {
        return sequenceNumber++;
    }

    void attach(@Nullable MediaStream opened) {
        stream = opened;
    }

    /** The stream when it is carrying audio; else null. */
    @Nullable MediaStream liveStream() {
        MediaStream current = stream;
        return current != null && current.isLive() ? current : null;
    }

    /** Breaks into whatever the call is doing. A hang-up is final: nothing after it counts. */
    synchronized void interrupt(Interruption interruption) {
        if (signal.isDone() && signal.join() instanceof Interruption.HangUp) {
            return;
        }
        if (!signal.complete(interruption)) {
            signal = CompletableFuture.completedFuture(interruption);
        }
    }

    /** Waits; throws at once when the call is interrupted. */
    void pause(long millis) throws CallInterrupted {
        await(new CompletableFuture<Void>().completeOnTimeout(null, millis, TimeUnit.MILLISECONDS), millis + 5_000);
    }

    /** Throws when something has broken in. */
    void checkInterrupted() throws CallInterrupted {
        if (signal().isDone()) {
            throw taken();
        }
    }

    /** The value of {@code future} (which must not fail), or the interruption that came first. */
    <T> T await(CompletableFuture<T> future, long maxMillis) throws CallInterrupted {
        CompletableFuture<Interruption> current = signal();
        try {
            CompletableFuture.anyOf(future, current).get(maxMillis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new CallInterrupted(new Interruption.HangUp("time limit"));
        } catch (InterruptedException | ExecutionException e) {
            throw new CallInterrupted(new Interruption.HangUp("simulator stopped"));
        }
        if (current.isDone()) {
            throw taken();
        }
        return future.join();
    }

    private synchronized CompletableFuture<Interruption> signal() {
        return signal;
    }

    private synchronized CallInterrupted taken() {
        Interruption interruption = signal.join();
        if (interruption instanceof Interruption.Replace) {
            signal = new CompletableFuture<>();
        }
        return new CallInterrupted(interruption);
    }
}
