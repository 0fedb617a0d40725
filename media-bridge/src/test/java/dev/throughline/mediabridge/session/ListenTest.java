package dev.throughline.mediabridge.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.mediabridge.testing.FakeTwilioStream;
import dev.throughline.mediabridge.testing.OtherEnds;
import dev.throughline.platform.security.ServiceToken;
import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.KafkaTestResource;
import dev.throughline.platform.testing.Tokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketConnectOptions;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Operators listen to live calls of their tenant, wherever they are; nobody else does, and no call minds. */
@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(IdentityTestResource.class)
@QuarkusTestResource(OtherEnds.class)
class ListenTest extends AbstractCallTest {

    private static final String HERE = "https://voice.example.test";

    @Inject
    MeterRegistry metrics;

    @Inject
    SessionRegistry registry;

    private int said;

    /** What one listener heard. */
    private static final class Listener {
        private final List<Buffer> heard = new CopyOnWriteArrayList<>();
        private final ClientWebSocket socket = vertx.createWebSocketClient().webSocket();
        private volatile boolean closed;

        Listener connect(String path, Map<String, String> headers) throws Exception {
            WebSocketConnectOptions options = new WebSocketConnectOptions();
            options.setHost("127.0.0.1").setPort(RestAssured.port).setURI(path);
            // Else the client invents one.
            options.setAllowOriginHeader(headers.containsKey("Origin"));
            headers.forEach(options::putHeader);
            socket.binaryMessageHandler(heard::add);
            socket.closeHandler(gone -> closed = true);
            socket.exceptionHandler(ignored -> {});
            socket.connect(options).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
            return this;
        }

        /** The sound of one voice, 0 the caller's and 1 the agent's. */
        byte[] voice(int who) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            heard.stream()
                    .filter(message -> message.getByte(0) == who)
                    .forEach(message -> all.writeBytes(message.getBytes(1, message.length())));
            return all.toByteArray();
        }
    }

    @Test
    void shouldLetAnOperatorHearBothVoicesAsTheyAreOnTheLine() throws Exception {
        FakeTwilioStream stream = call();
        Listener listener = listen(cookie("operator", HERE));
        heardBy(listener, stream);
        byte[] answer = concat(frame(11), frame(12), frame(13));
        talk().audio(base64(answer), 1);
        eventually(() -> assertThat(stream.audio()).hasSize(1));
        stream.media(frame(1));
        stream.media(frame(2));

        eventually(() -> assertThat(listener.voice(0)).isEqualTo(concat(frame(1), frame(2))));
        // As much of the answer as has been played while the caller's two frames came.
        eventually(() -> assertThat(listener.voice(1)).isEqualTo(concat(frame(11), frame(12))));

        talk().interrupts(2);
        eventually(() -> assertThat(stream.frames("clear")).hasSize(1));
        stream.media(frame(3));
        eventually(() -> assertThat(listener.voice(0)).isEqualTo(concat(frame(1), frame(2), frame(3))));
        assertThat(listener.voice(1)).isEqualTo(concat(frame(11), frame(12)));

        stream.stop();
        eventually(() -> assertThat(listener.closed).isTrue());
        assertThat(listener.socket.closeReason()).isEqualTo("the call is over");
    }

    @Test
    void shouldRefuseStrangersViewersOtherTenantsAndOtherSites() throws Exception {
        call();
        live();

        assertThat(refusal(Map.of())).isEqualTo(401);
        assertThat(refusal(Map.of("Cookie", "throughline_session=nonsense", "Origin", HERE)))
                .isEqualTo(401);
        assertThat(refusal(cookie("viewer", HERE))).isEqualTo(403);
        assertThat(refusal(cookie("operator", "https://elsewhere.example"))).isEqualTo(403);
        assertThat(refusal(cookie("operator", "null"))).isEqualTo(403);
        assertThat(refusal(Map.of("Cookie", "throughline_session=" + Tokens.operator(tenant.id(), "operator"))))
                .isEqualTo(403);
        assertThat(refusal(bearer(greetingTenant.id(), "operator"))).isEqualTo(404);
        assertThat(refusal(bearer(UUID.randomUUID(), "admin"))).isEqualTo(404);
        assertThat(refusal("/api/calls/CAnobody/listen", bearer(tenant.id(), "operator")))
                .isEqualTo(404);
        assertThat(refusal(
                        "/internal/calls/" + callSid + "/listen",
                        Map.of(ServiceToken.HEADER, service(callSid, greetingTenant.id()))))
                .isEqualTo(404);
        assertThat(refusal(
                        "/internal/calls/" + callSid + "/listen",
                        Map.of(ServiceToken.HEADER, service("CAother", tenant.id()))))
                .isEqualTo(401);
        assertThat(refusal("/internal/calls/" + callSid + "/listen", bearer(tenant.id(), "admin")))
                .isEqualTo(401);
    }

    @Test
    void shouldNotLetASlowListenerDisturbTheCall() throws Exception {
        double lost =
                metrics.get("throughline.bridge.listener.frames.lost").counter().count();
        FakeTwilioStream stream = call();
        Listener slow = listen(bearer(tenant.id(), "operator"));
        Listener quick = listen(bearer(tenant.id(), "admin"));
        heardBy(quick, stream);
        heardBy(slow, stream);
        slow.socket.pause();
        byte[] large = new byte[2_000];
        for (int i = 0; i < 1_000; i++) {
            stream.media(large);
        }
        stream.media(frame(1));

        eventually(() -> assertThat(talk().audio()).endsWith(base64(frame(1))));
        eventually(() -> assertThat(quick.voice(0)).endsWith(frame(1)));
        slow.socket.close();
        stream.stop();
        eventually(() -> assertThat(metrics.get("throughline.bridge.listener.frames.lost")
                        .counter()
                        .count())
                .isGreaterThan(lost));
    }

    @Test
    void shouldPassOnWhatAnotherBridgeHears() throws Exception {
        List<ServerWebSocket> there = elevenLabs.holdElsewhere(callSid);
        Listener listener = listen(cookie("operator", "http://127.0.0.1:" + RestAssured.port));
        eventually(() -> assertThat(there).hasSize(1));
        Buffer sound = Buffer.buffer().appendByte((byte) 1).appendBytes(frame(5));
        there.getFirst().writeBinaryMessage(sound);

        eventually(() -> assertThat(listener.heard).containsExactly(sound));
        assertThat(elevenLabs.listenTokens())
                .anySatisfy(token -> assertThat(tokens().verify(token, ServiceToken.MEDIA_BRIDGE_LISTENING))
                        .hasValueSatisfying(claims -> {
                            assertThat(claims.subject()).isEqualTo(callSid);
                            assertThat(claims.tenantId()).isEqualTo(tenant.id());
                        }));

        there.getFirst().close((short) 1000, "the call is over");
        eventually(() -> assertThat(listener.closed).isTrue());
        assertThat(listener.socket.closeReason()).isEqualTo("the call is over");
    }

    @Test
    void shouldTellAnotherBridgeWhatIsHeardHere() throws Exception {
        FakeTwilioStream stream = call();
        live();
        Listener peer = new Listener()
                .connect(
                        "/internal/calls/" + callSid + "/listen",
                        Map.of(ServiceToken.HEADER, service(callSid, tenant.id())));
        heardBy(peer, stream);
        stream.media(frame(1));

        eventually(() -> assertThat(peer.voice(0)).isEqualTo(frame(1)));
    }

    /** The caller says something until it is heard; forgets it. */
    private void heardBy(Listener listener, FakeTwilioStream stream) {
        eventually(() -> {
            stream.media(frame(1_000 + said++));
            assertThat(listener.heard).isNotEmpty();
        });
        eventually(() -> assertThat(listener.voice(0)).endsWith(frame(999 + said)));
        listener.heard.clear();
    }

    private Listener listen(Map<String, String> headers) throws Exception {
        if (!agent.talks().isEmpty()) {
            live();
        }
        return new Listener().connect("/api/calls/" + callSid + "/listen", headers);
    }

    private void live() {
        eventually(() -> assertThat(registry.carries(callSid)).isTrue());
    }

    private int refusal(Map<String, String> headers) {
        return refusal("/api/calls/" + callSid + "/listen", headers);
    }

    private int refusal(String path, Map<String, String> headers) {
        int[] status = new int[1];
        assertThatThrownBy(() -> new Listener().connect(path, headers))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(UpgradeRejectedException.class, refused -> status[0] = refused.getStatus());
        return status[0];
    }

    private Map<String, String> cookie(String role, String origin) {
        return Map.of("Cookie", "throughline_session=" + Tokens.operator(tenant.id(), role), "Origin", origin);
    }

    private static Map<String, String> bearer(UUID tenantId, String role) {
        return Map.of("Authorization", "Bearer " + Tokens.operator(tenantId, role));
    }

    private static String service(String callSid, UUID tenantId) {
        return tokens().mint(ServiceToken.MEDIA_BRIDGE_LISTENING, callSid, tenantId);
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
