package dev.throughline.simulator.twilio.call;

import dev.throughline.simulator.twilio.audio.MuLaw;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Audio given to a caller from outside: headerless mu-law, or a WAV file of 8 kHz mono in mu-law or 16-bit PCM. */
final class CallerAudio {

    private static final int FORMAT_PCM = 1;
    private static final int FORMAT_MULAW = 7;

    private CallerAudio() {}

    /** The audio as raw mu-law; throws {@link IllegalArgumentException} that names the format a WAV file must have. */
    static byte[] decode(byte[] bytes) {
        if (bytes.length < 12 || !"RIFF".equals(ascii(bytes, 0)) || !"WAVE".equals(ascii(bytes, 8))) {
            return bytes;
        }
        ByteBuffer wav = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int format = 0;
        int bits = 0;
        for (int at = 12; at + 8 <= bytes.length; ) {
            int size = Math.max(0, Math.min(wav.getInt(at + 4), bytes.length - at - 8));
            if ("fmt ".equals(ascii(bytes, at)) && size >= 16) {
                format = wav.getShort(at + 8);
                bits = wav.getShort(at + 22);
                if (wav.getShort(at + 10) != 1 || wav.getInt(at + 12) != 8_000) {
                    throw notReadable();
                }
            } else if ("data".equals(ascii(bytes, at))) {
                return samples(Arrays.copyOfRange(bytes, at + 8, at + 8 + size), format, bits);
            }
            at += 8 + size + (size & 1);
        }
        throw notReadable();
    }

    private static byte[] samples(byte[] data, int format, int bits) {
        if (format == FORMAT_MULAW) {
            return data;
        }
        if (format != FORMAT_PCM || bits != 16) {
            throw notReadable();
        }
        return MuLaw.fromPcm16(data);
    }

    private static IllegalArgumentException notReadable() {
        return new IllegalArgumentException("a WAV file must be 8 kHz mono, mu-law or 16-bit PCM");
    }

    private static String ascii(byte[] bytes, int at) {
        return new String(bytes, at, 4, StandardCharsets.US_ASCII);
    }
}
