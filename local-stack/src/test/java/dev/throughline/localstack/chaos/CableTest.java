package dev.throughline.localstack.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.localstack.process.Ports;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CableTest {

    private final Vertx vertx = Vertx.vertx();
    private ServerSocket server;
    private Cable cable;
    private int port;

    @BeforeEach
    void echo() throws IOException {
        Ports ports = new Ports();
        port = ports.free();
        server = new ServerSocket(ports.free());
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    Socket accepted = server.accept();
                    Thread.ofVirtual().start(() -> {
                        try (accepted;
                                InputStream in = accepted.getInputStream()) {
                            in.transferTo(accepted.getOutputStream());
                        } catch (IOException broken) {
                            // The cable was cut.
                        }
                    });
                } catch (IOException closed) {
                    return;
                }
            }
        });
        cable = Cable.between(vertx, port, server.getLocalPort());
    }

    @AfterEach
    void end() throws IOException {
        cable.close();
        server.close();
        vertx.close();
    }

    @Test
    void shouldPassBytesHoldThemWhileItHangsAndPassThemThen() throws IOException {
        try (Socket client = client()) {
            assertThat(echoed(client, 'a')).isEqualTo('a');

            cable.hang();
            client.getOutputStream().write('b');
            client.setSoTimeout(200);
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

            cable.mend();
            client.setSoTimeout(5_000);
            assertThat(client.getInputStream().read()).isEqualTo('b');
        }
    }

    @Test
    void shouldBreakConnectionsAndMakeNoneWhileItIsCut() throws IOException {
        try (Socket client = client()) {
            assertThat(echoed(client, 'a')).isEqualTo('a');
            cable.cut();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
        try (Socket refused = client()) {
            assertThat(refused.getInputStream().read()).isEqualTo(-1);
        }
        cable.mend();
        try (Socket client = client()) {
            assertThat(echoed(client, 'c')).isEqualTo('c');
        }
    }

    @Test
    void shouldTakeItsTimeWhenItIsSlow() throws IOException {
        try (Socket client = client()) {
            assertThat(echoed(client, 'a')).isEqualTo('a');
            cable.slow(Duration.ofMillis(50));
            long from = System.nanoTime();
            assertThat(echoed(client, 'b')).isEqualTo('b');
            assertThat(Duration.ofNanos(System.nanoTime() - from)).isGreaterThan(Duration.ofMillis(90));
        }
    }

    private Socket client() throws IOException {
        Socket client = new Socket("127.0.0.1", port);
        client.setSoTimeout(5_000);
        return client;
    }

    private static int echoed(Socket client, char letter) throws IOException {
        client.getOutputStream().write(letter);
        return client.getInputStream().read();
    }
}
