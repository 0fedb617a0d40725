package dev.throughline.localstack.cli;

/** The command line was not understood; the message says why in one sentence. Ends with exit status 2. */
public final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }
}
