package dev.throughline.simulator.twilio.call;

import dev.throughline.simulator.twilio.audio.CallerEar;
import dev.throughline.simulator.twilio.audio.HeardAudio;
import dev.throughline.simulator.twilio.audio.LegAudio;
import dev.throughline.simulator.twilio.conference.ConferenceLeg;
import dev.throughline.simulator.twilio.stream.MediaStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call leg. Its runner executes TwiML on a virtual thread; the scripted caller, control paths and REST updates reach it from
 * other threads through {@link #interrupt}.
 */
final class LiveCall implements ConferenceLeg {

    private static final int MAX_DIGITS = 100;

    private final CallFacts facts;
    private final Instant created = Instant.now();
    private final LegAudio audio = new LegAudio();
    private final CallJournal journal = new CallJournal();
    private final CallSignal signal = new CallSignal();
    private final BlockingQueue<String> digits = new ArrayBlockingQueue<>(MAX_DIGITS);
    private final CompletableFuture<Void> answered = new CompletableFuture<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    private volatile CallStatus status = CallStatus.QUEUED;
    private volatile @Nullable Instant startTime;
    private volatile @Nullable Instant endTime;
    private volatile @Nullable MediaStream stream;
    private volatile @Nullable String answeredBy;
    private volatile long queueMillis;
    private volatile boolean bridged;
    private volatile @Nullable Consumer<String> keyListener;
    private volatile Runnable answering = () -> {};
    private volatile BiConsumer<String, String> farLeg = (kind, text) -> {};
    private volatile BiConsumer<String, String> others = (kind, text) -> {};
    private final List<StreamForks.Fork> forks = new CopyOnWriteArrayList<>();
    private int sequenceNumber;

    /** A call that has not begun. */
    LiveCall(CallFacts facts) {
        this.facts = facts;
    }

    CallFacts facts() {
        return facts;
    }

    @Override
    public String sid() {
        return facts.sid();
    }

    String from() {
        return facts.from();
    }

    String to() {
        return facts.to();
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

    @Override
    public LegAudio audio() {
        return audio;
    }

    CallerEar ear() {
        return audio.ear();
    }

    CallJournal journal() {
        return journal;
    }

    /** Keys pressed while no stream took them. */
    BlockingQueue<String> digits() {
        return digits;
    }

    /** The far end presses a key. */
    void press(String digit) {
        MediaStream open = liveStream();
        Consumer<String> listener = keyListener;
        if (open != null) {
            open.dtmf(digit);
        } else if (listener != null) {
            listener.accept(digit);
        } else {
            digits.offer(digit);
        }
    }

    /** Takes key presses while two or more talk; null ends that. */
    void onKey(@Nullable Consumer<String> listener) {
        keyListener = listener;
    }

    /** TwiML says {@code text} to the far end, which may be another leg. */
    void says(String kind, String text) {
        journal.spoken(kind, text);
        farLeg.accept(kind, text);
    }

    /** Takes what TwiML says when the far end is another leg. */
    void onSaid(BiConsumer<String, String> far) {
        farLeg = far;
    }

    /** The far end said {@code text} without audio; who is on the line with it hears it. */
    void farEndSays(String kind, String text) {
        others.accept(kind, text);
    }

    /** Takes what the far end says without audio. */
    void onFarEnd(BiConsumer<String, String> listener) {
        others = listener;
    }

    /** What answers the call when a verb finds somebody to talk to. */
    void onAnswer(Runnable answering) {
        this.answering = answering;
    }

    /** Answers the call unless it is answered. */
    void answer() {
        answering.run();
    }

    /** One-way copies of this call's audio. */
    List<StreamForks.Fork> forks() {
        return forks;
    }

    /** What answering-machine detection found; null before. */
    @Nullable String answeredBy() {
        return answeredBy;
    }

    void answeredBy(String word) {
        answeredBy = word;
        journal.event("answered-by", word);
    }

    /** How long the call waited for its turn before it was placed. */
    long queueMillis() {
        return queueMillis;
    }

    void queueMillis(long millis) {
        queueMillis = millis;
    }

    /** Whether somebody else is on the line: the other side of a {@code <Dial>}, or a room that has begun. */
    boolean isBridged() {
        return bridged;
    }

    @Override
    public void bridged(boolean together) {
        bridged = together;
    }

    CallStatus status() {
        return status;
    }

    @Override
    public String statusWord() {
        return status.word();
    }

    @Override
    public void hears(HeardAudio heard) {
        journal.audio(heard);
    }

    @Override
    public void told(String kind, String text) {
        journal.spoken(kind, text);
        audio.ear().hearFor(SpeechVerbs.speechMillis(text));
    }

    @Override
    public void hangUp(String why) {
        interrupt(new Interruption.HangUp(why));
    }

    /** Completes when the call is answered. */
    CompletableFuture<Void> answered() {
        return answered;
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
        journal.event("status", next.word());
        if (next == CallStatus.IN_PROGRESS) {
            answered.complete(null);
        }
        if (next.isTerminal()) {
            endTime = Instant.now();
            over.complete(null);
        }
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
    void interrupt(Interruption interruption) {
        signal.raise(interruption);
    }

    /** Waits; throws at once when the call is interrupted. */
    void pause(long millis) throws CallInterrupted {
        signal.pause(millis);
    }

    /** Throws when something has broken in. */
    void checkInterrupted() throws CallInterrupted {
        signal.check();
    }

    /** The value of {@code future} (which must not fail), or the interruption that came first. */
    <T> T await(CompletableFuture<T> future, long maxMillis) throws CallInterrupted {
        return signal.await(future, maxMillis);
    }
}
