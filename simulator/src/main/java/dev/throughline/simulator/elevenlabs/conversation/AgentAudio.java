package dev.throughline.simulator.elevenlabs.conversation;

import dev.throughline.simulator.speech.AgentVoice.Speech;
import dev.throughline.simulator.speech.AudioFormat;
import dev.throughline.simulator.speech.Mulaw;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Sends the agent's speech faster than it plays, in chunks of 250 ms every 40 ms, and keeps track of what a listener who plays it
 * in real time has heard. For one event loop.
 */
final class AgentAudio {

    private static final int CHUNK_BYTES = 250 * Mulaw.BYTES_PER_MILLI;
    private static final long CHUNK_EVERY_MILLIS = 40;
    private static final long BARGE_IN_FROM_MILLIS = 100;

    private final Vertx vertx;
    private final UnaryOperator<byte[]> encoder;
    private final Sink sink;
    private final Deque<Chunk> unsent = new ArrayDeque<>();
    private final List<Utterance> utterances = new ArrayList<>();
    private Runnable afterwards = () -> {};
    private boolean sending;

    /** Takes encoded audio for the wire. */
    interface Sink {
        void audio(byte[] encoded, int eventId);
    }

    /** What a barge-in left of one utterance. */
    record Cut(int eventId, String original, String heard) {}

    private record Chunk(byte[] mulaw, int eventId) {}

    private record Utterance(Speech speech, int eventId, long startsAtMillis) {
        long endsAtMillis() {
            return startsAtMillis + speech.durationMillis();
        }
    }

    AgentAudio(Vertx vertx, AudioFormat format, Sink sink) {
        this.vertx = vertx;
        this.encoder = format.encoderFromMulaw();
        this.sink = sink;
    }

    /** Queues {@code speech}; it plays after everything queued before. */
    void speak(Speech speech, int eventId) {
        utterances.removeIf(old -> old.endsAtMillis() < now());
        long free = utterances.isEmpty() ? now() : utterances.getLast().endsAtMillis();
        utterances.add(new Utterance(speech, eventId, Math.max(now(), free)));
        for (int at = 0; at < speech.audio().length; at += CHUNK_BYTES) {
            int end = Math.min(speech.audio().length, at + CHUNK_BYTES);
            unsent.add(new Chunk(Arrays.copyOfRange(speech.audio(), at, end), eventId));
        }
        if (!sending) {
            sending = true;
            sendNext();
        }
    }

    /** Whether a listener has enough left to hear for a barge-in to make sense. */
    boolean playing() {
        return !utterances.isEmpty() && utterances.getLast().endsAtMillis() - now() >= BARGE_IN_FROM_MILLIS;
    }

    /** Milliseconds a listener still has to hear. */
    long remainingMillis() {
        return utterances.isEmpty() ? 0 : Math.max(0, utterances.getLast().endsAtMillis() - now());
    }

    /** Drops what was not heard; tells how far each utterance came. */
    List<Cut> interrupt() {
        unsent.clear();
        List<Cut> cuts = new ArrayList<>();
        for (Utterance utterance : utterances) {
            if (utterance.endsAtMillis() > now()) {
                int played = (int) Math.max(0, now() - utterance.startsAtMillis()) * Mulaw.BYTES_PER_MILLI;
                cuts.add(new Cut(
                        utterance.eventId(),
                        utterance.speech().text(),
                        utterance.speech().heardWithin(played)));
            }
        }
        utterances.clear();
        return cuts;
    }

    /** Runs {@code action} when everything queued has been sent; at once when it has. */
    void whenSent(Runnable action) {
        if (sending) {
            afterwards = action;
        } else {
            action.run();
        }
    }

    /** Forgets everything, without a word. */
    void stop() {
        unsent.clear();
        afterwards = () -> {};
    }

    private void sendNext() {
        Chunk chunk = unsent.poll();
        if (chunk == null) {
            sending = false;
            Runnable action = afterwards;
            afterwards = () -> {};
            action.run();
            return;
        }
        sink.audio(encoder.apply(chunk.mulaw()), chunk.eventId());
        vertx.setTimer(CHUNK_EVERY_MILLIS, timer -> sendNext());
    }

    private static long now() {
        return System.nanoTime() / 1_000_000;
    }
}
