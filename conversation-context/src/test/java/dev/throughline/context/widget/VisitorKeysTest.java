package dev.throughline.context.widget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.platform.security.ServiceToken;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VisitorKeysTest {

    private static final UUID SALON = UUID.randomUUID();
    private static final String OLD = "the-secret-of-yesterday-is-long-enough";
    private static final String NEW = "the-secret-of-tomorrow-is-long-enough!";

    @Test
    void shouldKnowABrowserAgainWhenTheSecretIsReplaced() {
        String kept = keys(OLD, null).fresh(SALON);

        String renewed = keys(NEW, OLD).known(SALON, kept).orElseThrow();

        assertThat(VisitorKeys.leadOf(SALON, renewed)).isEqualTo(VisitorKeys.leadOf(SALON, kept));
        assertThat(keys(NEW, null).known(SALON, renewed)).contains(renewed);
        assertThat(keys(NEW, null).known(SALON, kept)).isEmpty();
    }

    @Test
    void shouldKnowNobodyByAKeyThatWasNotMadeHere() {
        VisitorKeys keys = keys(NEW, null);
        String kept = keys.fresh(SALON);

        assertThat(keys.known(UUID.randomUUID(), kept)).isEmpty();
        assertThat(keys.known(SALON, null)).isEmpty();
        assertThat(keys.known(SALON, "")).isEmpty();
        assertThat(keys.known(SALON, "no key")).isEmpty();
        assertThat(keys.known(SALON, kept.substring(0, 22))).isEmpty();
        assertThat(keys.known(SALON, kept + kept)).isEmpty();
    }

    private static VisitorKeys keys(String secret, @Nullable String also) {
        return new VisitorKeys(new ServiceToken.Config() {
            @Override
            public Optional<String> secret() {
                return Optional.of(secret);
            }

            @Override
            public Optional<String> alsoSecret() {
                return Optional.ofNullable(also);
            }
        });
    }
}
