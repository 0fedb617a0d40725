package dev.throughline.mediabridge.opening;

import dev.throughline.mediabridge.agent.AgentOpening;
import org.jspecify.annotations.Nullable;

/**
 * An opening on its way. What is known when the variables are made is written by whatever thread makes them and read on the call's
 * event loop.
 */
public final class Prepared {

    private final boolean continued;
    private volatile boolean historyKnown;
    private volatile String story = "";
    private @Nullable AgentOpening opening;

    Prepared(boolean continued) {
        this.continued = continued;
    }

    /** The way to open it. */
    public AgentOpening opening() {
        if (opening == null) {
            throw new IllegalStateException("not prepared yet");
        }
        return opening;
    }

    /** Whether the caller has talked to an agent on this call before. */
    public boolean continued() {
        return continued;
    }

    /** Whether the lead's history came in time; false until it did. */
    public boolean historyKnown() {
        return historyKnown;
    }

    /** What happened on this very call, in words; empty when nothing did. */
    public String story() {
        return story;
    }

    void opening(AgentOpening made) {
        this.opening = made;
    }

    void historyKnown(boolean known) {
        this.historyKnown = known;
    }

    void story(String text) {
        this.story = text;
    }
}
