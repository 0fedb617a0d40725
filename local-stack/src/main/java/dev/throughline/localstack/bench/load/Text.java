package dev.throughline.localstack.bench.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** A message under construction in a byte array that is used again for the next one. One thread. */
final class Text {

    private final byte[] bytes;
    private int length;

    Text(int capacity) {
        this.bytes = new byte[capacity];
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Where {@code wanted} begins in the message, an index of {@code bytes}; -1 when it is not in it. */
    static int find(ByteBuf bytes, int from, int length, byte[] wanted) {
        int last = from + length - wanted.length;
        int at = from;
        while (at <= last) {
            at = bytes.indexOf(at, last + 1, wanted[0]);
            if (at < 0) {
                return -1;
            }
            int i = 1;
            while (i < wanted.length && bytes.getByte(at + i) == wanted[i]) {
                i++;
            }
            if (i == wanted.length) {
                return at;
            }
            at++;
        }
        return -1;
    }

    Text clear() {
        length = 0;
        return this;
    }

    Text add(byte[] ascii) {
        System.arraycopy(ascii, 0, bytes, length, ascii.length);
        length += ascii.length;
        return this;
    }

    /** A decimal number, not negative. */
    Text add(long number) {
        int digits = 1;
        for (long n = number; n >= 10; n /= 10) {
            digits++;
        }
        long left = number;
        for (int i = length + digits - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + left % 10);
            left /= 10;
        }
        length += digits;
        return this;
    }

    /** Writes the message; it has to be built again afterwards. */
    void writeTo(WebSocketWire wire) {
        wire.write(bytes, length);
        length = 0;
    }
}
