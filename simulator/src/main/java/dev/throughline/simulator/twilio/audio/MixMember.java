package dev.throughline.simulator.twilio.audio;

import org.jspecify.annotations.Nullable;

/** Somebody in a {@link Mixer}. The switches may be thrown by any thread; the rest happens in the mixer's slots. */
public final class MixMember {

    /** Silence after which somebody has stopped speaking, in slots. */
    private static final int STOPPED_SLOTS = 25;

    private final LegAudio audio;
    private final HeardAudio heard;
    private volatile boolean muted;
    private volatile boolean held;
    private volatile boolean music;
    private volatile @Nullable MixMember coached;
    private byte @Nullable [] said;
    private boolean speaking;
    private int silentSlots;
    private long slots;

    MixMember(LegAudio audio, HeardAudio heard) {
        this.audio = audio;
        this.heard = heard;
    }

    LegAudio audio() {
        return audio;
    }

    /** A muted member is not heard. */
    public void mute(boolean now) {
        muted = now;
    }

    /** A held member hears nothing and is not heard. */
    public void hold(boolean now) {
        held = now;
    }

    /** Whether the member hears music while the room has not begun. */
    public void waitWithMusic(boolean now) {
        music = now;
    }

    /** Only {@code other} hears this member; null for everybody. */
    public void coach(@Nullable MixMember other) {
        coached = other;
    }

    boolean isHeld() {
        return held;
    }

    boolean waitsWithMusic() {
        return music;
    }

    boolean isSpeaking() {
        return speaking;
    }

    /** Takes this slot's frame from the far end; true when the member has just begun or stopped speaking. */
    boolean say() {
        said = audio.nextFrame();
        boolean voice = said != null && !MuLaw.isSilent(said);
        silentSlots = voice ? 0 : silentSlots + 1;
        boolean before = speaking;
        speaking = voice || (speaking && silentSlots < STOPPED_SLOTS);
        return before != speaking;
    }

    /** What {@code to} hears of this member in this slot; null when nothing. */
    byte @Nullable [] audible(@Nullable MixMember to) {
        MixMember only = coached;
        return muted || held || (only != null && only != to) ? null : said;
    }

    void hear(byte @Nullable [] frame) {
        audio.hear(frame);
        if (frame != null) {
            heard.played(frame, frame.length, slots * MuLaw.FRAME_MILLIS);
        }
        slots++;
    }
}
