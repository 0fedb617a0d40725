package dev.throughline.mediabridge.flight;

import java.util.Arrays;
import java.util.Base64;

/** 20 ms of loudness and of silence, base64 of mu-law. */
final class Sounds {

    static final String LOUD = frame((byte) 0x90);
    static final String QUIET = frame((byte) 0xFF);

    private Sounds() {}

    private static String frame(byte code) {
        byte[] audio = new byte[160];
        Arrays.fill(audio, code);
        return Base64.getEncoder().encodeToString(audio);
    }
}
