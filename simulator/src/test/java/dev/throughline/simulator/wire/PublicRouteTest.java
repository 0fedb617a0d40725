package dev.throughline.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import org.junit.jupiter.api.Test;

class PublicRouteTest {

    private final PublicRoute route = PublicRoute.of("https://voice.example.test/", "http://127.0.0.1:8080");

    @Test
    void shouldDialThePublicHostElsewhereAndKeepItsName() {
        RequestOptions options = route.request(HttpMethod.POST, "https://voice.example.test/a%20b?x=1#rt=200");

        assertThat(options.getServer().port()).isEqualTo(8080);
        assertThat(options.isSsl()).isFalse();
        assertThat(options.getURI()).isEqualTo("/a%20b?x=1");
        assertThat(options.getHeaders().get("Host")).isEqualTo("voice.example.test");
    }

    @Test
    void shouldDialSocketsThereInClearToo() {
        RequestOptions options = route.webSocket("wss://voice.example.test/media-stream");

        assertThat(options.getHost()).isEqualTo("127.0.0.1");
        assertThat(options.getPort()).isEqualTo(8080);
        assertThat(options.isSsl()).isFalse();
        assertThat(options.getHeaders().get("Host")).isEqualTo("voice.example.test");
    }

    @Test
    void shouldLeaveOtherAddressesAlone() {
        for (String url : new String[] {
            "https://elsewhere.example.test/a",
            "https://voice.example.test:8443/a",
            "http://voice.example.test/a",
            "https://voice.example.test.evil.example/a"
        }) {
            assertThat(route.request(HttpMethod.GET, url).getServer()).as(url).isNull();
        }
        assertThatThrownBy(() -> route.request(HttpMethod.GET, "/relative"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldDialASecondPublicHostAtItsOwnAddress() {
        PublicRoute both = route.and("https://elevenlabs.test", "http://127.0.0.1:9090");

        assertThat(both.webSocket("wss://elevenlabs.test/stream").getPort()).isEqualTo(9090);
        assertThat(both.request(HttpMethod.POST, "https://elevenlabs.test/hook")
                        .getHeaders()
                        .get("Host"))
                .isEqualTo("elevenlabs.test");
        assertThat(both.webSocket("wss://voice.example.test/stream").getPort()).isEqualTo(8080);
        assertThat(both.request(HttpMethod.GET, "https://third.example.test/").getServer())
                .isNull();
    }
}
