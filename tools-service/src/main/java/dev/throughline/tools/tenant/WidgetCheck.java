package dev.throughline.tools.tenant;

import dev.throughline.events.tenant.WidgetSettings;
import dev.throughline.platform.web.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Turns a draft of {@code settings.widget} into settings, naming everything that is wrong with it. */
final class WidgetCheck {

    private static final String PATH = "settings.widget.";
    private static final int MAX_ORIGINS = 20;
    private static final int MAX_ORIGIN = 200;
    private static final SecureRandom RANDOM = new SecureRandom();

    private WidgetCheck() {}

    /** The settings. @param wrong gets every wrong field */
    static WidgetSettings settings(UUID tenantId, @Nullable WidgetDraft draft, List<Problem.Field> wrong) {
        if (draft == null) {
            return WidgetSettings.none();
        }
        boolean enabled = draft.enabled() == null || draft.enabled();
        return new WidgetSettings(enabled, key(tenantId, draft.key(), wrong), origins(draft.origins(), wrong));
    }

    /** A key begins with its tenant's id, so that no two tenants can have the same. */
    private static String key(UUID tenantId, @Nullable String key, List<Problem.Field> wrong) {
        String prefix = "wk_" + tenantId.toString().replace("-", "") + "_";
        if (key == null || key.isBlank()) {
            byte[] fresh = new byte[9];
            RANDOM.nextBytes(fresh);
            return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(fresh);
        }
        if (!key.startsWith(prefix) || !key.substring(prefix.length()).matches("[A-Za-z0-9_-]{12}")) {
            wrong.add(new Problem.Field(PATH + "key", "is made here: leave it out, or give null for a new one"));
        }
        return key;
    }

    private static List<String> origins(@Nullable List<@Nullable String> draft, List<Problem.Field> wrong) {
        if (draft == null) {
            return List.of();
        }
        if (draft.size() > MAX_ORIGINS) {
            wrong.add(new Problem.Field(PATH + "origins", "must have at most " + MAX_ORIGINS + " entries"));
            return List.of();
        }
        Set<String> origins = new LinkedHashSet<>();
        for (int i = 0; i < draft.size(); i++) {
            Optional<String> origin = origin(draft.get(i));
            if (origin.isPresent()) {
                origins.add(origin.get());
            } else {
                wrong.add(new Problem.Field(
                        PATH + "origins[" + i + "]",
                        "must be the address of a site without a path, e.g. https://www.example.com; http only for"
                                + " localhost"));
            }
        }
        return List.copyOf(origins);
    }

    /** As browsers write it (WHATWG, <i>HTML: serialization of an origin</i>). */
    static Optional<String> origin(@Nullable String written) {
        if (written == null || written.length() > MAX_ORIGIN) {
            return Optional.empty();
        }
        URI address;
        try {
            address = new URI(written.strip().toLowerCase(Locale.ROOT));
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
        String host = address.getHost();
        boolean bare = (address.getRawPath().isEmpty() || address.getRawPath().equals("/"))
                && address.getRawQuery() == null
                && address.getRawFragment() == null
                && address.getRawUserInfo() == null;
        if (host == null || !bare || !isSafe(address.getScheme(), host)) {
            return Optional.empty();
        }
        int standard = address.getScheme().equals("https") ? 443 : 80;
        boolean needsPort = address.getPort() != -1 && address.getPort() != standard;
        return Optional.of(address.getScheme() + "://" + host + (needsPort ? ":" + address.getPort() : ""));
    }

    /** A page that came by plain HTTP could be anybody's; on the developer's own machine it cannot. */
    private static boolean isSafe(@Nullable String scheme, String host) {
        boolean local = host.equals("localhost") || host.equals("127.0.0.1") || host.endsWith(".localhost");
        return "https".equals(scheme) || "http".equals(scheme) && local;
    }
}
