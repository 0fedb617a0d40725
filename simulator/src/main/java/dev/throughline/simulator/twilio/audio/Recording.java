package dev.throughline.simulator.twilio.audio;

import java.io.ByteArrayOutputStream;

/** Audio in real time with its silences; the first 10 minutes of it. */
public final class Recording {

    private static final int MAX_BYTES = 10 * 60 * 1000 * MuLaw.BYTES_PER_MILLI;

    private final ByteArrayOutputStream audio = new ByteArrayOutputStream();

    /** Appends one frame; past the limit it is not kept. */
    public synchronized void append(byte[] frame) {
        if (audio.size() + frame.length <= MAX_BYTES) {
            audio.writeBytes(frame);
        }
    }

    /** The raw mu-law bytes so far. */
    public synchronized byte[] toBytes() {
        return audio.toByteArray();
    }

    /** A WAV file (mu-law, 8 kHz, mono) of what was recorded so far. */
    public byte[] toWav() {
        return WavFile.ofMuLaw(toBytes());
    }
}
