package dev.throughline.localstack.cli;

import dev.throughline.localstack.provisioning.DemoTenant;
import dev.throughline.localstack.secrets.LocalSecrets;
import dev.throughline.localstack.secrets.OperatorTokens;
import dev.throughline.localstack.settings.Settings;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** {@code ./dev token}: an operator token on standard output and nothing else, so it can stand in {@code $(…)}. */
final class TokenCommand {

    private TokenCommand() {}

    static String token(Settings settings, Arguments arguments) throws IOException {
        OperatorTokens.Role role = OperatorTokens.Role.named(
                        arguments.option("role").orElse("operator"))
                .orElseThrow(() -> new UsageException("--role is viewer, operator or admin."));
        Optional<UUID> tenant = arguments.option("tenant").map(TokenCommand::uuid);
        if (tenant.isEmpty() && role != OperatorTokens.Role.ADMIN) {
            tenant = DemoTenant.read(settings.directories()).map(DemoTenant::tenantId);
            if (tenant.isEmpty()) {
                throw new UsageException(
                        "There is no demo tenant yet: name one with --tenant ID, or run ./dev up once.");
            }
        }
        return new OperatorTokens(LocalSecrets.in(settings.directories().home()).privateKey(), Clock.systemUTC())
                .issue(role, tenant);
    }

    static Set<String> options() {
        return Set.of("role", "tenant");
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--tenant is a tenant's id, a UUID, not \"" + text + "\".");
        }
    }
}
