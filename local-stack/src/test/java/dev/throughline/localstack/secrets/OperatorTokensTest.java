package dev.throughline.localstack.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorTokensTest {

    private static final UUID TENANT = UUID.fromString("7f1c0000-0000-4000-8000-000000000001");
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    private Path home;

    @Test
    void shouldHoldIssuerRoleTenantAndTwelveHours() throws Exception {
        String token = tokens().issue(OperatorTokens.Role.VIEWER, Optional.of(TENANT));

        JsonNode claims = VerifiedToken.claims(token, LocalSecrets.in(home).publicKey());
        assertThat(claims.path("iss").asText()).isEqualTo("throughline");
        assertThat(claims.path("groups").toString()).isEqualTo("[\"viewer\"]");
        assertThat(claims.path("tenant_id").asText()).isEqualTo(TENANT.toString());
        assertThat(claims.path("exp").asLong()).isEqualTo(NOW.getEpochSecond() + 12 * 3600);
    }

    @Test
    void shouldBeVerifiableWithThePublicKeyFile() throws Exception {
        String token = tokens().issue(OperatorTokens.Role.ADMIN, Optional.empty());

        assertThat(VerifiedToken.claims(token, LocalSecrets.in(home).publicKey())
                        .path("groups")
                        .toString())
                .isEqualTo("[\"admin\"]");
    }

    @Test
    void shouldBeWithoutATenantOnlyForAnAdmin() throws IOException {
        OperatorTokens tokens = tokens();

        assertThatThrownBy(() -> tokens.issue(OperatorTokens.Role.OPERATOR, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldKeepSecretsBetweenRunsAndFromOthers() throws IOException {
        String first = LocalSecrets.in(home).get("INTERNAL_SECRET");

        assertThat(LocalSecrets.in(home).get("INTERNAL_SECRET"))
                .isEqualTo(first)
                .hasSizeGreaterThanOrEqualTo(32);
        for (String file : List.of("secrets.env", "operator-private.pem")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(file))))
                    .isEqualTo("rw-------");
        }
    }

    private OperatorTokens tokens() throws IOException {
        return new OperatorTokens(LocalSecrets.in(home).privateKey(), Clock.fixed(NOW, ZoneOffset.UTC));
    }
}
