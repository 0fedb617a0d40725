package dev.throughline.simulator.twilio.audio;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The audio of one call leg: what its far end says in each slot of 20 ms, and what it hears. The far end is a person with a voice
 * and an ear or, when a TwiML App was called, the other leg of a {@linkplain #cross pair}: what one hears the other says.
 */
public final class LegAudio {

    private static final byte[] SILENCE = MuLaw.silence(MuLaw.FRAME_MILLIS);

    private final CallerVoice voice = new CallerVoice();
    private final CallerEar ear = new CallerEar();
    private final Recording recording = new Recording();
    private final FrameLine fromOther = new FrameLine();
    private final List<AudioTap> taps = new CopyOnWriteArrayList<>();
    private final AtomicInteger listeners = new AtomicInteger();
    private volatile @Nullable LegAudio other;

    /** Makes two legs each other's far end. */
    public static void cross(LegAudio one, LegAudio two) {
        one.other = two;
        two.other = one;
    }

    /** The person's voice; says nothing on a crossed leg. */
    public CallerVoice voice() {
        return voice;
    }

    public CallerEar ear() {
        return ear;
    }

    /** What the far end heard, in real time. */
    public Recording recording() {
        return recording;
    }

    /** What the far end says in this slot; null when it is silent. */
    public byte @Nullable [] nextFrame() {
        byte[] frame = other == null ? voice.nextFrame() : fromOther.poll();
        taps.forEach(tap -> tap.said(frame));
        return frame;
    }

    /** The far end hears {@code frame} in this slot; null is silence. */
    public void hear(byte @Nullable [] frame) {
        recording.append(frame == null ? SILENCE : frame);
        if (frame != null && !MuLaw.isSilent(frame)) {
            ear.hearFrame();
        }
        LegAudio far = other;
        if (far != null && frame != null) {
            far.fromOther.offer(frame);
        }
        taps.forEach(tap -> tap.heard(frame));
    }

    /** What was to be heard is cut off. */
    public void cutOff() {
        ear.cutOff();
        LegAudio far = other;
        if (far != null) {
            far.fromOther.clear();
        }
    }

    /** Something takes the far end's voice from now on: a stream, a room, a recorder. */
    public void listen() {
        listeners.incrementAndGet();
    }

    /** What took the voice takes it no more. */
    public void unlisten() {
        listeners.decrementAndGet();
    }

    /** Whether what the far end says now arrives anywhere. */
    public boolean isListenedTo() {
        return listeners.get() > 0;
    }

    public void add(AudioTap tap) {
        taps.add(tap);
    }

    public void remove(AudioTap tap) {
        taps.remove(tap);
    }
}
