package dev.throughline.platform.socket;

/** What a {@link TextSocket} tells, on its event loop and in order. An exception that escapes a listener closes the socket with 1011. */
public interface TextListener {

    /** What a peer can do wrong that is not against the protocol. */
    enum Problem {
        /** A message over the limit. */
        TOO_LARGE,
        /** A binary message. */
        BINARY
    }

    /**
     * A whole message.
     *
     * @param utf8 its bytes are {@code utf8[0..length)}; the array is used again when this method has returned
     */
    void onText(byte[] utf8, int length);

    /** The peer misbehaves; the listener decides what to close with. */
    void onProblem(Problem problem);

    /** There is room again after {@link TextSocket#isWritable} was false. */
    void onWritable();

    /** The first {@code count} messages ever written have left this process. */
    void onWritten(long count);

    /**
     * The socket is gone; called once, last.
     *
     * @param code of the first close frame, by whomever, 1006 when there was none
     * @param reason of that frame, possibly empty
     */
    void onClosed(int code, String reason);
}
