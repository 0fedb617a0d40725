package dev.throughline.tools.provisioning;

import org.jspecify.annotations.Nullable;

/**
 * A provider, or this installation, did not do a step. Carries no stack trace: it is an expected outcome. The message is one sentence for
 * an operator and never holds a secret.
 */
public final class ProviderFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String cure;

    /** @param cure one sentence */
    public ProviderFailure(String what, @Nullable String cure) {
        super(what, null, false, false);
        this.cure = cure == null ? "" : cure;
    }

    /** What happened. */
    public String what() {
        return String.valueOf(getMessage());
    }

    /** What can be done about it; empty when nobody knows. */
    public String cure() {
        return cure;
    }
}
