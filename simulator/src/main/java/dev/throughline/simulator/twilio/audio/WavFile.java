package dev.throughline.simulator.twilio.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** WAV files of 8 kHz, mono. */
public final class WavFile {

    private static final short PCM = 1;
    private static final short MULAW = 7;

    private WavFile() {}

    /** A file that holds mu-law as it is. */
    public static byte[] ofMuLaw(byte[] audio) {
        ByteBuffer wav = ByteBuffer.allocate(46 + audio.length).order(ByteOrder.LITTLE_ENDIAN);
        wav.put(ascii("RIFF")).putInt(38 + audio.length).put(ascii("WAVE"));
        wav.put(ascii("fmt ")).putInt(18).putShort(MULAW).putShort((short) 1);
        wav.putInt(8_000).putInt(8_000).putShort((short) 1).putShort((short) 8).putShort((short) 0);
        wav.put(ascii("data")).putInt(audio.length).put(audio);
        return wav.array();
    }

    /** The same audio as 16-bit PCM, which is what Twilio keeps recordings as. */
    public static byte[] pcmOfMuLaw(byte[] audio) {
        ByteBuffer wav = ByteBuffer.allocate(44 + 2 * audio.length).order(ByteOrder.LITTLE_ENDIAN);
        wav.put(ascii("RIFF")).putInt(36 + 2 * audio.length).put(ascii("WAVE"));
        wav.put(ascii("fmt ")).putInt(16).putShort(PCM).putShort((short) 1);
        wav.putInt(8_000).putInt(16_000).putShort((short) 2).putShort((short) 16);
        wav.put(ascii("data")).putInt(2 * audio.length);
        for (byte each : audio) {
            wav.putShort((short) MuLaw.decode(each));
        }
        return wav.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
