package dev.throughline.simulator.twilio.audio;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The audio of everybody in one room, frame by frame: each hears all others and not himself. A single voice passes unchanged;
 * several are decoded, added, cut at full scale and encoded. {@link #tick} is called every 20 ms; everything else may be called
 * anywhere.
 */
public final class Mixer {

    /** Told, outside of any lock, when somebody begins or stops speaking. */
    @FunctionalInterface
    public interface SpeechListener {
        void speaks(MixMember member, boolean begins);
    }

    private static final byte[] MUSIC = MuLaw.tone(420, 1_000);

    private final SpeechListener listener;
    private final List<MixMember> members = new ArrayList<>();
    private final Deque<byte[]> sounds = new ArrayDeque<>();
    private @Nullable Recording recorder;
    private boolean together;
    private volatile boolean open = true;
    private long slot;

    /** A room nobody is in; until {@link #bringTogether} its members wait apart. */
    public Mixer(SpeechListener listener) {
        this.listener = listener;
    }

    /** Whether the room still needs its clock. */
    public boolean isOpen() {
        return open;
    }

    public void close() {
        open = false;
    }

    /** Somebody comes in; {@code heard} keeps what he hears. */
    public synchronized MixMember join(LegAudio audio, HeardAudio heard) {
        audio.listen();
        MixMember member = new MixMember(audio, heard);
        members.add(member);
        return member;
    }

    /** Somebody goes. */
    public synchronized void leave(MixMember member) {
        if (members.remove(member)) {
            member.audio().unlisten();
            member.audio().cutOff();
        }
    }

    /** From now on everybody hears the others. */
    public synchronized void bringTogether() {
        together = true;
    }

    /** Records the room from now on. */
    public synchronized void record(Recording recording) {
        recorder = recording;
    }

    /** A sound everybody hears, such as the beep when somebody comes in. */
    public synchronized void sound(byte[] audio) {
        sounds.addAll(MuLaw.frames(audio));
    }

    /** One slot of 20 ms. */
    public void tick() {
        List<MixMember> changed = new ArrayList<>();
        synchronized (this) {
            slot++;
            byte[] sound = sounds.pollFirst();
            for (MixMember member : members) {
                if (member.say()) {
                    changed.add(member);
                }
            }
            for (MixMember member : members) {
                member.hear(mix(audible(member, sound)));
            }
            if (recorder != null) {
                byte[] all = mix(voices(null, sound));
                recorder.append(all == null ? MuLaw.silence(MuLaw.FRAME_MILLIS) : all);
            }
        }
        changed.forEach(member -> listener.speaks(member, member.isSpeaking()));
    }

    private List<byte[]> audible(MixMember to, byte @Nullable [] sound) {
        if (to.isHeld()) {
            return List.of();
        }
        if (together) {
            return voices(to, sound);
        }
        List<byte[]> frames = new ArrayList<>();
        if (to.waitsWithMusic()) {
            frames.add(music());
        }
        if (sound != null) {
            frames.add(sound);
        }
        return frames;
    }

    /** What {@code to} hears of the others; everybody's voice when it is null. */
    private List<byte[]> voices(@Nullable MixMember to, byte @Nullable [] sound) {
        List<byte[]> frames = new ArrayList<>();
        for (MixMember from : members) {
            byte[] said = from.audible(to);
            if (from != to && said != null) {
                frames.add(said);
            }
        }
        if (sound != null) {
            frames.add(sound);
        }
        return frames;
    }

    private byte[] music() {
        int at = (int) (slot * MuLaw.FRAME_BYTES % MUSIC.length);
        byte[] frame = new byte[MuLaw.FRAME_BYTES];
        System.arraycopy(MUSIC, at, frame, 0, frame.length);
        return frame;
    }

    /** The sum of frames; null for none. */
    static byte @Nullable [] mix(List<byte[]> frames) {
        if (frames.isEmpty()) {
            return null;
        }
        if (frames.size() == 1) {
            return frames.getFirst();
        }
        byte[] mixed = new byte[MuLaw.FRAME_BYTES];
        for (int i = 0; i < mixed.length; i++) {
            int sum = 0;
            for (byte[] frame : frames) {
                sum += MuLaw.decode(frame[i]);
            }
            mixed[i] = MuLaw.encode(Math.clamp(sum, Short.MIN_VALUE, Short.MAX_VALUE));
        }
        return mixed;
    }
}
