package dev.throughline.platform.elevenlabs;

import org.jspecify.annotations.Nullable;

/** The agent's socket could not be opened. A new signed URL and one more try may help, unless the status is 4xx. */
public final class AgentConnectException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int httpStatus;

    AgentConnectException(String message, int httpStatus, @Nullable Throwable cause) {
        super(httpStatus == 0 ? message : message + " (HTTP " + httpStatus + ")", cause);
        this.httpStatus = httpStatus;
    }

    /** The status that answered the upgrade, 0 when there was no answer. */
    public int httpStatus() {
        return httpStatus;
    }
}
