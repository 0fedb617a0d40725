package dev.throughline.mediabridge.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;

/**
 * Points the bridge at a port of this machine for ElevenLabs, telephony-gateway and another bridge. {@link FakeElevenLabs} is started there by the test
 * itself, because a resource and a test may live in different class loaders.
 */
public class OtherEnds implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + probe.getLocalPort();
            return Map.of(
                    "throughline.elevenlabs.api-base-url",
                    url,
                    "throughline.bridge.telephony-url",
                    url,
                    "throughline.bridge.listen.peers",
                    "127.0.0.1:" + probe.getLocalPort(),
                    "throughline.lead-contexts.view-enabled",
                    "true");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        // Nothing is held.
    }
}
