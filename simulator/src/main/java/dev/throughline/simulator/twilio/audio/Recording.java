package dev.throughline.simulator.twilio.audio;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** What the caller heard, in real time with its silences; the first 10 minutes of it. */
public final class Recording {

    private static final int MAX_BYTES = 10 * 60 * 1000 * MuLaw.BYTES_PER_MILLI;
    private static final short WAVE_FORMAT_MULAW = 7;

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
        byte[] data = toBytes();
        ByteBuffer wav = ByteBuffer.allocate(46 + data.length).order(ByteOrder.LITTLE_ENDIAN);
        wav.put(ascii("RIFF")).putInt(38 + data.length).put(ascii("WAVE"));
        wav.put(ascii("fmt ")).putInt(18).putShort(WAVE_FORMAT_MULAW).putShort((short) 1);
        wav.putInt(8_000).putInt(8_000).putShort((short) 1).putShort((short) 8).putShort((short) 0);
        wav.put(ascii("data")).putInt(data.length).put(data);
        return wav.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
