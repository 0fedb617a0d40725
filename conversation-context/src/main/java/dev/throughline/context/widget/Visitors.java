package dev.throughline.context.widget;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.limit.RateLimit;
import dev.throughline.platform.security.VisitorTokens.Visitor;
import dev.throughline.platform.tenant.CurrentTenant;
import dev.throughline.platform.tenant.TenantDirectory;
import dev.throughline.platform.web.Problem;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who may chat, and how often. */
@Singleton
public class Visitors {

    private static final Pattern KEY =
            Pattern.compile("wk_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})_[A-Za-z0-9_-]{12}");

    private final TenantDirectory tenants;
    private final CurrentTenant caller;
    private final WidgetConfig config;
    private final RateLimit limit;

    Visitors(TenantDirectory tenants, CurrentTenant caller, WidgetConfig config) {
        this.tenants = tenants;
        this.caller = caller;
        this.config = config;
        this.limit = new RateLimit(config.remembered());
    }

    /**
     * The tenant on whose page somebody opens a chat.
     *
     * @throws Problem 403 when the key is nobody's or the tenant has not listed the origin, 429 when it happens too often
     */
    Tenant opening(@Nullable String key, @Nullable String origin, String address) {
        Tenant tenant = named(key)
                .filter(found -> found.settings().widget().admits(origin))
                .orElseThrow(() -> Problem.of(403, "CHAT_NOT_ALLOWED", "This page may not open a chat with this key.")
                        .cure(
                                "In the console, Settings, Chat on your site: list this page's origin, and copy the script"
                                        + " tag anew."));
        within(limit.admits("address|" + tenant.id() + "|" + address, config.sessionsPerAddress()));
        within(limit.admits("tenant|" + tenant.id(), config.sessionsPerTenant()));
        return tenant;
    }

    /**
     * The visitor whose token came with the request, while the tenant still lets pages of its origin chat.
     *
     * @throws Problem 403 otherwise
     */
    public Visitor current() {
        return caller.visitor()
                .filter(visitor -> tenants.byId(visitor.tenantId())
                        .filter(tenant -> tenant.settings().widget().admits(visitor.origin()))
                        .isPresent())
                .orElseThrow(() -> Problem.of(403, "CHAT_NOT_ALLOWED", "This page may not chat any more."));
    }

    /** As {@link #current()}, counting one of what may be done {@code mostPerMinute}. @throws Problem 429 as well */
    Visitor current(String what, int mostPerMinute) {
        Visitor visitor = current();
        within(limit.admits(what + "|" + visitor.leadId(), mostPerMinute));
        return visitor;
    }

    /** As {@link #current()}, counting one listening. @throws Problem 429 as well */
    public Visitor listening() {
        return current("listen", config.otherPerVisitor());
    }

    private static void within(boolean admitted) {
        if (!admitted) {
            throw Problem.tooManyRequests("Too much at once: try again in a minute.")
                    .retryAfter(RateLimit.WINDOW);
        }
    }

    private Optional<Tenant> named(@Nullable String key) {
        Matcher named = KEY.matcher(key == null ? "" : key);
        if (!named.matches()) {
            return Optional.empty();
        }
        UUID id = UUID.fromString(
                String.join("-", named.group(1), named.group(2), named.group(3), named.group(4), named.group(5)));
        return tenants.byId(id).filter(tenant -> isKeyOf(tenant, named.group()));
    }

    private static boolean isKeyOf(Tenant tenant, String key) {
        String own = tenant.settings().widget().key();
        return own != null
                && MessageDigest.isEqual(own.getBytes(StandardCharsets.UTF_8), key.getBytes(StandardCharsets.UTF_8));
    }
}
