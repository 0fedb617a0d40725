package dev.throughline.mediabridge.gateway;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What telephony-gateway knows of a call beyond its token.
 *
 * @param variables dynamic variables of this call alone, for example the questions it is made for
 * @param note what happened on it, for the agent's context; null when nothing did
 */
public record Briefing(
        Map<String, String> variables, @Nullable String note) {

    /** Of a call that has none, or whose briefing did not come in time. */
    public static final Briefing NONE = new Briefing(Map.of(), null);

    public Briefing {
        variables = Map.copyOf(variables);
    }
}
