package dev.throughline.localstack.cli;

import dev.throughline.localstack.http.JsonHttp;
import dev.throughline.localstack.provisioning.DemoTenant;
import dev.throughline.localstack.secrets.LocalSecrets;
import dev.throughline.localstack.secrets.OperatorTokens;
import dev.throughline.localstack.settings.Settings;
import dev.throughline.localstack.settings.SettingsException;
import dev.throughline.localstack.stack.StackInfo;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * The running suite a command speaks to as its admin: that of this checkout, or the one that {@code THROUGHLINE_URL} names, with a token in
 * {@code THROUGHLINE_TOKEN}.
 */
final class Installation {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private Installation() {}

    static JsonHttp admin(Settings settings) throws IOException {
        Optional<String> url = settings.environment().get("THROUGHLINE_URL");
        if (url.isPresent()) {
            String token = settings.environment()
                    .get("THROUGHLINE_TOKEN")
                    .orElseThrow(() ->
                            new SettingsException("THROUGHLINE_URL needs an admin's token in THROUGHLINE_TOKEN."));
            return JsonHttp.bearing(url.get().replaceAll("/+$", ""), token).within(PATIENCE);
        }
        StackInfo stack = StackInfo.running(settings.directories())
                .orElseThrow(() -> new SettingsException(
                        "Throughline is not running: start it with ./dev up, or name another one in THROUGHLINE_URL."));
        String token = new OperatorTokens(
                        LocalSecrets.in(settings.directories().home()).privateKey(), Clock.systemUTC())
                .issue(OperatorTokens.Role.ADMIN, Optional.empty());
        return JsonHttp.bearing(stack.url(), token).within(PATIENCE);
    }

    /** The tenant that {@code --tenant} names, else the demo's. */
    static UUID tenant(Settings settings, Arguments arguments) {
        Optional<String> named = arguments.option("tenant");
        if (named.isEmpty()) {
            return DemoTenant.read(settings.directories())
                    .map(DemoTenant::tenantId)
                    .orElseThrow(() -> new UsageException("Name a tenant with --tenant ID."));
        }
        try {
            return UUID.fromString(named.get());
        } catch (IllegalArgumentException e) {
            throw new UsageException("--tenant is a tenant's id, a UUID, not \"" + named.get() + "\".");
        }
    }
}
