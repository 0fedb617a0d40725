package dev.throughline.localstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.localstack.secrets.LocalSecrets;
import dev.throughline.localstack.secrets.VerifiedToken;
import dev.throughline.localstack.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {

    @TempDir
    private Path root;

    @Test
    void shouldNotUnderstandAnUnknownCommandOrARoleThatIsNone() {
        assertThat(run("fly")).isEqualTo(2);
        assertThat(run("token", "--role", "king")).isEqualTo(2);
        assertThat(run("token", "--role", "viewer", "--tenant", "not-a-uuid")).isEqualTo(2);
        assertThat(run("bench")).isEqualTo(2);
        assertThat(run("bench", "bridge", "--calls", "many")).isEqualTo(2);
    }

    @Test
    void shouldMakeATokenWithoutARunningStack() {
        assertThat(run("token", "--role", "admin")).isZero();
        assertThat(run("token", "--tenant", "7f1c0000-0000-4000-8000-000000000001"))
                .isZero();
    }

    @Test
    void shouldSignWithTheKeyOfAnotherInstallation() throws Exception {
        Path elsewhere = root.resolve("elsewhere");
        Path publicKey = LocalSecrets.in(elsewhere).publicKey();
        Path key = elsewhere.resolve("operator-private.pem");

        String token = TokenCommand.token(
                Settings.read(root, Map.of()),
                Arguments.parse(
                        List.of("--role", "admin", "--name", "Anna", "--key", key.toString()), TokenCommand.options()));

        JsonNode claims = VerifiedToken.claims(token, publicKey);
        assertThat(claims.path("sub").asText()).isEqualTo("Anna");
        assertThat(claims.has("tenant_id")).isFalse();
    }

    @Test
    void shouldSayWhenTheKeyIsNone() throws Exception {
        Path key = Files.writeString(root.resolve("operator.pem"), "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n");

        assertThat(run("token", "--role", "admin", "--key", key.toString())).isEqualTo(2);
        assertThat(run(
                        "token",
                        "--role",
                        "admin",
                        "--key",
                        root.resolve("none.pem").toString()))
                .isEqualTo(2);
    }

    @Test
    void shouldAskForATenantWhenThereIsNoDemoTenantYet() {
        assertThat(run("token", "--role", "operator")).isEqualTo(2);
    }

    @Test
    void shouldSayWhenNothingRuns() {
        assertThat(run("status")).isEqualTo(1);
        assertThat(run("text", "Hello")).isEqualTo(1);
        assertThat(run("rebuild")).isEqualTo(1);
        assertThat(run("dead-letters")).isEqualTo(1);
        assertThat(run("dead-letters", "put-back", "everything")).isEqualTo(2);
        assertThat(run("down")).isZero();
        assertThat(run("reset")).isZero();
    }

    private int run(String... line) {
        return Commands.run(root, List.of(line), Map.of());
    }
}
