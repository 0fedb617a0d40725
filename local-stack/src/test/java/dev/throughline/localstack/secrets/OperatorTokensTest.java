package dev.throughline.localstack.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
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

        JsonNode claims = new ObjectMapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
        assertThat(claims.path("iss").asText()).isEqualTo("throughline");
        assertThat(claims.path("groups").toString()).isEqualTo("[\"viewer\"]");
        assertThat(claims.path("tenant_id").asText()).isEqualTo(TENANT.toString());
        assertThat(claims.path("exp").asLong()).isEqualTo(NOW.getEpochSecond() + 12 * 3600);
    }

    @Test
    void shouldBeVerifiableWithThePublicKeyFile() throws Exception {
        String token = tokens().issue(OperatorTokens.Role.ADMIN, Optional.empty());

        String pem = Files.readString(LocalSecrets.in(home).publicKey());
        byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der)));
        String[] parts = token.split("\\.");
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
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
