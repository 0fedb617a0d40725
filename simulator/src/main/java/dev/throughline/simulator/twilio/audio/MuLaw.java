package dev.throughline.simulator.twilio.audio;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** G.711 mu-law at 8 kHz, the one format of Media Streams. 160 bytes are 20 ms. */
public final class MuLaw {

    /** Bytes of one frame of 20 ms. */
    public static final int FRAME_BYTES = 160;
    /** Length of one frame in milliseconds. */
    public static final int FRAME_MILLIS = 20;
    /** Bytes of one millisecond. */
    public static final int BYTES_PER_MILLI = 8;
    /** The byte for silence. */
    public static final byte SILENCE = (byte) 0xFF;

    private static final int BIAS = 0x84;
    private static final int CLIP = 32_635;

    private MuLaw() {}

    /** {@code millis} of a sine of {@code hertz}, moderately loud: generated speech for tests. */
    public static byte[] tone(double hertz, int millis) {
        byte[] audio = new byte[millis * BYTES_PER_MILLI];
        for (int i = 0; i < audio.length; i++) {
            audio[i] = encode((int) (8_000 * Math.sin(2 * Math.PI * hertz * i / 8_000)));
        }
        return audio;
    }

    /** {@code millis} of silence. */
    public static byte[] silence(int millis) {
        byte[] audio = new byte[millis * BYTES_PER_MILLI];
        Arrays.fill(audio, SILENCE);
        return audio;
    }

    /** Whether the frame holds digital silence only (either zero of mu-law). */
    public static boolean isSilent(byte[] frame) {
        for (byte each : frame) {
            if (each != SILENCE && each != 0x7F) {
                return false;
            }
        }
        return true;
    }

    /** {@code audio} cut into frames of 20 ms; the last one is filled up with silence. */
    public static List<byte[]> frames(byte[] audio) {
        List<byte[]> frames = new ArrayList<>();
        for (int at = 0; at < audio.length; at += FRAME_BYTES) {
            byte[] frame = Arrays.copyOfRange(audio, at, at + FRAME_BYTES);
            if (at + FRAME_BYTES > audio.length) {
                Arrays.fill(frame, audio.length - at, FRAME_BYTES, SILENCE);
            }
            frames.add(frame);
        }
        return frames;
    }

    /** Little-endian 16-bit samples as mu-law; an odd byte at the end is left out. */
    public static byte[] fromPcm16(byte[] pcm) {
        byte[] audio = new byte[pcm.length / 2];
        for (int i = 0; i < audio.length; i++) {
            audio[i] = encode((short) ((pcm[2 * i] & 0xFF) | (pcm[2 * i + 1] << 8)));
        }
        return audio;
    }

    /** One mu-law byte as a PCM16 sample. Source: ITU-T G.711. */
    static int decode(byte encoded) {
        int bits = ~encoded & 0xFF;
        int magnitude = ((((bits & 0x0F) << 3) + BIAS) << ((bits >> 4) & 0x07)) - BIAS;
        return (bits & 0x80) == 0 ? magnitude : -magnitude;
    }

    /** One PCM16 sample as mu-law; louder than full scale is cut. Source: ITU-T G.711. */
    static byte encode(int sample) {
        int sign = sample < 0 ? 0x80 : 0;
        int magnitude = Math.min(Math.abs(sample), CLIP) + BIAS;
        int exponent = 31 - Integer.numberOfLeadingZeros(magnitude) - 7;
        int mantissa = (magnitude >> (exponent + 3)) & 0x0F;
        return (byte) ~(sign | (exponent << 4) | mantissa);
    }
}
