package dev.throughline.platform.socket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** RFC 6455 §5.3: byte i of a client's payload is XORed with byte i mod 4 of the frame's key. Pure. */
final class Masking {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Masking() {}

    /** Masks or unmasks {@code bytes[from..from+length)} in place. */
    static void apply(byte[] bytes, int from, int length, int key) {
        long twice = (long) key << 32 | key & 0xFFFF_FFFFL;
        int end = from + length;
        int i = from;
        for (; i + 8 <= end; i += 8) {
            LONGS.set(bytes, i, (long) LONGS.get(bytes, i) ^ twice);
        }
        for (; i < end; i++) {
            bytes[i] ^= (byte) (key >>> (24 - 8 * ((i - from) & 3)));
        }
    }
}
