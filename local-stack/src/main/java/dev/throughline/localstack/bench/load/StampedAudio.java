package dev.throughline.localstack.bench.load;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;

/**
 * 20 ms of audio as base64, the first 18 bytes of which say what frame it is:
 *
 * <pre>
 *   3 bytes  "Thru" in base64    1 byte  direction    2 bytes  call    4 bytes  number    8 bytes  System.nanoTime
 * </pre>
 *
 * The rest is noise, the same in every frame. One thread, one frame at a time.
 */
final class StampedAudio {

    /** What every stamp begins with, as it stands in a message. */
    static final byte[] MAGIC = Text.ascii("Thru");

    private static final int STAMP = 18;
    private static final int STAMP_CHARACTERS = 24;

    private final byte[] stamp = new byte[STAMP];
    private final ByteBuffer fields = ByteBuffer.wrap(stamp);
    private final byte[] characters = new byte[STAMP_CHARACTERS];
    private final byte[] base64;

    /** @param bytes of one frame: 160 for 8 kHz mu-law, 640 for 16 kHz PCM */
    StampedAudio(int bytes) {
        byte[] noise = new byte[bytes];
        new Random(8_000).nextBytes(noise);
        this.base64 = Base64.getEncoder().encode(noise);
        System.arraycopy(Base64.getDecoder().decode(MAGIC), 0, stamp, 0, 3);
    }

    /** The frame's base64; good until the next call. */
    byte[] stamped(boolean toAgent, int call, int number, long nanos) {
        fields.put(3, (byte) (toAgent ? 1 : 2))
                .putShort(4, (short) call)
                .putInt(6, number)
                .putLong(10, nanos);
        Base64.getEncoder().encode(stamp, characters);
        System.arraycopy(characters, 0, base64, 0, STAMP_CHARACTERS);
        return base64;
    }

    /** Reads the stamp at {@code at}; the getters below tell of it until the next. False when it is none. */
    boolean read(ByteBuf message, int at, int end) {
        if (end - at < STAMP_CHARACTERS) {
            return false;
        }
        message.getBytes(at, characters);
        try {
            return Base64.getDecoder().decode(characters, stamp) == STAMP;
        } catch (IllegalArgumentException damaged) {
            Arrays.fill(stamp, (byte) 0);
            return false;
        }
    }

    boolean toAgent() {
        return fields.get(3) == 1;
    }

    int call() {
        return fields.getShort(4);
    }

    int number() {
        return fields.getInt(6);
    }

    long nanos() {
        return fields.getLong(10);
    }
}
