package dev.throughline.localstack.http;

import java.io.IOException;

/** An answer other than 2xx. The message shows what was asked and, shortened, what was answered; requests hold no secrets in their URL. */
public final class HttpFailure extends IOException {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 300;

    private final int status;

    public HttpFailure(String method, String url, int status, String body) {
        super(method + " " + url + " was answered " + status + ": "
                + body.substring(0, Math.min(SHOWN, body.length())));
        this.status = status;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }
}
