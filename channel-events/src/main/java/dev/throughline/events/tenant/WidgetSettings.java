package dev.throughline.events.tenant;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The chat a tenant puts on its own pages.
 *
 * @param enabled false = no page may open a chat, whatever else is said here
 * @param key what a page names the tenant by; public, it opens nothing by itself. Null until the tenant first told of a widget
 * @param origins where the chat may run, as browsers write an origin: {@code https://www.salon.example}, a port only where it is not the
 *     scheme's own, lower case, no path
 */
public record WidgetSettings(boolean enabled, @Nullable String key, List<String> origins) {

    @SuppressWarnings("NullAway") // Jackson passes null for what an older publisher did not know
    public WidgetSettings {
        origins = origins == null ? List.of() : List.copyOf(origins);
    }

    /** The settings of a tenant that told nothing: no chat anywhere. */
    public static WidgetSettings none() {
        return new WidgetSettings(false, null, List.of());
    }

    /** Whether a page of this origin may open a chat; no origin may when there is none. */
    public boolean admits(@Nullable String origin) {
        return enabled && key != null && origin != null && origins.contains(origin);
    }
}
