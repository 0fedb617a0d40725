package dev.throughline.platform.elevenlabs;

/**
 * The raw body of a webhook whose {@code ElevenLabs-Signature} held. As a JAX-RS body parameter it is made only by
 * {@code SignedBodyReader}; a request that is not signed never reaches the method (403).
 */
public final class SignedBody {

    private final byte[] bytes;

    SignedBody(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The bytes as received; not a copy, do not change them. */
    public byte[] bytes() {
        return bytes;
    }

    /** Size only: the content is personal data. */
    @Override
    public String toString() {
        return "SignedBody[" + bytes.length + " bytes]";
    }
}
