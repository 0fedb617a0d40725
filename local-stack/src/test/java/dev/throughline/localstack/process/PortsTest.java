package dev.throughline.localstack.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.localstack.settings.SettingsException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void shouldNameATakenPortItsUserAndTheVariable() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThatThrownBy(() -> new Ports().claim(Optional.of(port), "KAFKA_PORT", "Kafka"))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining("Port " + port)
                    .hasMessageContaining("Kafka")
                    .hasMessageContaining("KAFKA_PORT=");
        }
    }

    @Test
    void shouldNotHandOutOnePortTwice() {
        Ports ports = new Ports();
        Set<Integer> seen = new HashSet<>();

        for (int i = 0; i < 100; i++) {
            assertThat(seen.add(ports.free())).isTrue();
        }
    }

    @Test
    void shouldRefuseOnePortGivenForTwoThings() {
        Ports ports = new Ports();
        int port = new Ports().free();
        ports.claim(Optional.of(port), "PORT", "the front");

        assertThatThrownBy(() -> ports.claim(Optional.of(port), "KAFKA_PORT", "Kafka"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("given twice");
    }
}
