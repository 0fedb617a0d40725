package dev.throughline.platform.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PublicUrlTest {

    @Test
    void shouldPutThePublicAddressBeforeTheRawPath() {
        PublicUrl url = new PublicUrl("https://voice.example.test/suite/");
        assertThat(url.of("/a%2Fb", "x=%20&y")).isEqualTo("https://voice.example.test/suite/a%2Fb?x=%20&y");
        assertThat(url.of("/a", null)).isEqualTo("https://voice.example.test/suite/a");
        assertThat(url.socket("/media-stream")).isEqualTo("wss://voice.example.test/suite/media-stream");
        assertThat(new PublicUrl("http://localhost:8080").socket("/m")).isEqualTo("ws://localhost:8080/m");
        assertThat(url.host()).isEqualTo("voice.example.test");
    }

    @Test
    void shouldNameWhatIsWrongWithABaseUrl() {
        for (String bad : List.of(
                "",
                "voice.example.test",
                "wss://x.test",
                "https://",
                "https://u@x.test",
                "https://x.test?a=b",
                "https://x.test#f",
                "https://a b")) {
            assertThatThrownBy(() -> new PublicUrl(bad)).as(bad).hasMessageStartingWith("APP_BASE_URL ");
        }
    }
}
