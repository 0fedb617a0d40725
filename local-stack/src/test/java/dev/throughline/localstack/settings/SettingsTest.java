package dev.throughline.localstack.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

    @TempDir
    private Path root;

    @Test
    void shouldStandInForBothProvidersWhenNothingIsGiven() throws IOException {
        Settings settings = Settings.read(root, Map.of());

        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.standInForTwilio()).isTrue();
        assertThat(settings.standInForElevenLabs()).isTrue();
        assertThat(settings.appBaseUrl()).isEqualTo("https://throughline.example");
        assertThat(settings.directories().home()).isEqualTo(root.resolve(".local"));
    }

    @Test
    void shouldNotStandInWhereABaseUrlIsGiven() throws IOException {
        Settings settings = Settings.read(
                root,
                Map.of(
                        "TWILIO_API_BASE_URL", "http://127.0.0.1:9001",
                        "APP_BASE_URL", "https://voice.example.test/",
                        "PORT", "9090"));

        assertThat(settings.twilio()).isEqualTo(new Provider.Mode.Endpoint("http://127.0.0.1:9001"));
        assertThat(settings.standInForElevenLabs()).isTrue();
        assertThat(settings.appBaseUrl()).isEqualTo("https://voice.example.test");
    }

    @Test
    void shouldBeTheFrontItselfForADoubleThatWasToldNoAddress() throws IOException {
        Settings settings = Settings.read(root, Map.of("TWILIO_API_BASE_URL", "http://127.0.0.1:9001", "PORT", "9090"));

        assertThat(settings.appBaseUrl()).isEqualTo("http://localhost:9090");
    }

    @Test
    void shouldAskForAnAddressWhenARealProviderHasToReachUs() throws IOException {
        Settings settings = Settings.read(root, Map.of("ELEVENLABS_API_KEY", "given"));

        assertThat(settings.elevenLabs()).isInstanceOf(Provider.Mode.Real.class);
        assertThatThrownBy(settings::appBaseUrl)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("APP_BASE_URL");
    }

    @Test
    void shouldTakeHalfOfTheCredentialsForNone() throws IOException {
        assertThat(Settings.read(root, Map.of("TWILIO_ACCOUNT_SID", "AC1")).standInForTwilio())
                .isTrue();
    }

    @Test
    void shouldTakeTheOlderNameOfTheAddress() throws IOException {
        assertThat(Settings.read(root, Map.of("WEBHOOK_BASE_URL", "https://older.example.test"))
                        .appBaseUrl())
                .isEqualTo("https://older.example.test");
    }

    @Test
    void shouldRefuseAnAddressThatIsNone() throws IOException {
        Settings settings = Settings.read(root, Map.of("APP_BASE_URL", "voice.example.test"));

        assertThatThrownBy(settings::appBaseUrl)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("https://voice.example.test");
    }
}
