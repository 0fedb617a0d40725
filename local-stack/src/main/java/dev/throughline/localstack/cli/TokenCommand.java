package dev.throughline.localstack.cli;

import dev.throughline.localstack.provisioning.DemoTenant;
import dev.throughline.localstack.secrets.LocalSecrets;
import dev.throughline.localstack.secrets.OperatorTokens;
import dev.throughline.localstack.settings.Settings;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * {@code ./dev token}: an operator token on standard output and nothing else, so it can stand in {@code $(…)}. Signed with the local stack's own
 * key, or with that of an installation elsewhere ({@code --key}).
 */
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
        OperatorTokens tokens = new OperatorTokens(key(settings, arguments), Clock.systemUTC());
        Optional<String> name = arguments.option("name");
        return name.isPresent() ? tokens.issue(role, tenant, name.get()) : tokens.issue(role, tenant);
    }

    private static PrivateKey key(Settings settings, Arguments arguments) throws IOException {
        Optional<Path> file = arguments.option("key").map(Path::of);
        if (file.isEmpty()) {
            return LocalSecrets.in(settings.directories().home()).privateKey();
        }
        try {
            return LocalSecrets.privateKey(file.get());
        } catch (NoSuchFileException e) {
            throw new UsageException("There is no file " + file.get() + ".");
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new UsageException(
                    "In " + file.get()
                            + " stands no RSA private key in PEM form: openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 makes one.");
        }
    }

    static Set<String> options() {
        return Set.of("role", "tenant", "key", "name");
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--tenant is a tenant's id, a UUID, not \"" + text + "\".");
        }
    }
}
