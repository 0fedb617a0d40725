package dev.throughline.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartupChecksTest {

    private static final List<String> REQUIRED =
            List.of("KAFKA_BOOTSTRAP_SERVERS", "APP_BASE_URL", "DATABASE_URL", "TWILIO_AUTH_TOKEN", "INTERNAL_SECRET");

    private static final Map<String, String> GOOD = Map.of(
            "KAFKA_BOOTSTRAP_SERVERS", "a:9092,b:9092",
            "APP_BASE_URL", "https://voice.example.test",
            "DATABASE_URL", "postgresql://user:p%40ss@localhost:5432/sms",
            "TWILIO_AUTH_TOKEN", "token",
            "INTERNAL_SECRET", "x".repeat(32));

    @Test
    void shouldFindNothingWrongWithACompleteEnvironment() {
        assertThat(StartupChecks.problems(GOOD, REQUIRED)).isEmpty();
    }

    @Test
    void shouldNameEverythingThatIsMissingWithItsCure() {
        List<String> problems = StartupChecks.problems(Map.of(), REQUIRED);
        assertThat(problems).hasSameSizeAs(REQUIRED);
        assertThat(problems).allMatch(problem -> problem.contains(" is not set: set it "));
        assertThat(problems.getFirst()).startsWith("KAFKA_BOOTSTRAP_SERVERS");
    }

    @Test
    void shouldTakeTheAliasOfTheBaseUrl() {
        Map<String, String> environment = new HashMap<>(GOOD);
        environment.remove("APP_BASE_URL");
        environment.put("WEBHOOK_BASE_URL", "https://voice.example.test");
        assertThat(StartupChecks.problems(environment, REQUIRED)).isEmpty();
        environment.put("WEBHOOK_BASE_URL", "voice.example.test");
        assertThat(StartupChecks.problems(environment, REQUIRED))
                .singleElement()
                .asString()
                .startsWith("APP_BASE_URL must begin");
    }

    @Test
    void shouldNameWhatIsMalformedWithoutRepeatingIt() {
        Map<String, String> bad = Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", "SECRETVALUE",
                "APP_BASE_URL", "ftp://SECRETVALUE",
                "DATABASE_URL", "mysql://u:SECRETVALUE@h/d",
                "TWILIO_ACCOUNT_SID", "SECRETVALUE",
                "INTERNAL_SECRET", "SECRETVALUE",
                "JWT_PUBLIC_KEY_LOCATION", "file:/nowhere/SECRETVALUE",
                "CONVERSATION_CONTEXT_URL", "SECRETVALUE",
                "TELEPHONY_GATEWAY_URL", "SECRETVALUE");
        List<String> problems = StartupChecks.problems(bad, List.of());
        assertThat(problems).hasSize(8).noneMatch(problem -> problem.contains("SECRETVALUE"));
        assertThat(problems).allMatch(problem -> bad.keySet().stream().anyMatch(problem::startsWith));
    }

    @Test
    void shouldReadADatabaseUrl() {
        DatabaseUrl url = DatabaseUrl.parse("postgresql://us%40er:p%2Bs+%3A@db.example.test/sms?sslmode=require");
        assertThat(url.user()).isEqualTo("us@er");
        assertThat(url.password()).isEqualTo("p+s+:");
        assertThat(url.reactiveUrl()).isEqualTo("postgresql://db.example.test:5432/sms?sslmode=require");
        assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://db.example.test:5432/sms?sslmode=require");
        assertThat(url.toString()).doesNotContain("p+s");
        for (String bad : List.of(
                "", "localhost", "postgresql://localhost", "postgresql:///x", "http://h/d", "postgresql://h o/d")) {
            assertThatThrownBy(() -> DatabaseUrl.parse(bad)).as(bad).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
