package dev.throughline.tools.tenant;

import dev.throughline.events.tenant.WidgetSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code settings.widget} as an operator writes it; see {@link WidgetSettings}.
 *
 * @param enabled absent = true
 * @param key absent = a new one is made; only a key that was made for this tenant can be given
 * @param origins where the chat may run
 */
public record WidgetDraft(
        @Nullable Boolean enabled,
        @Nullable String key,
        @Nullable List<@Nullable String> origins) {

    /** Null for a tenant without a widget, so that a merge patch that makes one need not say everything. */
    static @Nullable WidgetDraft of(WidgetSettings widget) {
        return widget.key() == null
                ? null
                : new WidgetDraft(widget.enabled(), widget.key(), List.copyOf(widget.origins()));
    }
}
