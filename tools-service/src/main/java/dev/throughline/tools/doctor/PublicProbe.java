package dev.throughline.tools.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.events.EventJson;
import dev.throughline.platform.check.CheckResource;
import dev.throughline.platform.elevenlabs.ElevenLabsSignature;
import dev.throughline.platform.security.ServiceToken;
import dev.throughline.platform.twilio.PublicUrl;
import dev.throughline.platform.twilio.TwilioSignature;
import dev.throughline.platform.twilio.TwilioVerifier;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;

/** Asks our own services through the public address, signed as the providers sign. Blocking, for a virtual thread. */
@Singleton
class PublicProbe {

    private final PublicUrl publicUrl;
    private final DoctorConfig config;
    private final ServiceToken tokens;
    private final HttpClient http;

    @Inject
    PublicProbe(PublicUrl publicUrl, DoctorConfig config, ServiceToken tokens) {
        this.publicUrl = publicUrl;
        this.config = config;
        this.tokens = tokens;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(config.timeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** Asks a service as Twilio would. */
    Reached twilio(String service, String authToken) {
        String path = "/api/check/" + service + "/twilio";
        String nonce = UUID.randomUUID().toString();
        String signature = new TwilioSignature(authToken).signForm(publicUrl.of(path), Map.of("nonce", List.of(nonce)));
        return ask(
                request(path)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header(TwilioVerifier.HEADER, signature)
                        .POST(HttpRequest.BodyPublishers.ofString("nonce=" + nonce))
                        .build(),
                service,
                nonce);
    }

    /** Asks a service as ElevenLabs would. */
    Reached elevenLabs(String service, String secret) {
        String nonce = UUID.randomUUID().toString();
        byte[] body = ("{\"nonce\":\"" + nonce + "\"}").getBytes(StandardCharsets.UTF_8);
        return ask(
                request("/api/check/" + service + "/elevenlabs")
                        .header("Content-Type", "application/json")
                        .header(
                                ElevenLabsSignature.HEADER,
                                ElevenLabsSignature.header(secret, Instant.now().getEpochSecond(), body))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                service,
                nonce);
    }

    /** Opens a socket as Twilio would for a call, and closes it before anything is said. */
    Reached socket(String path, String authToken) {
        String dialled = dialled(path).replaceFirst("^http", "ws");
        try {
            WebSocket socket = http.newWebSocketBuilder()
                    .connectTimeout(config.timeout())
                    .header(TwilioVerifier.HEADER, new TwilioSignature(authToken).signUrl(publicUrl.socket(path)))
                    .buildAsync(URI.create(dialled), new WebSocket.Listener() {})
                    .join();
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").whenComplete((closed, failure) -> socket.abort());
            return new Reached.Ours();
        } catch (CompletionException e) {
            return e.getCause() instanceof WebSocketHandshakeException refused
                    ? new Reached.Answered(refused.getResponse().statusCode())
                    : unreachable(e.getCause());
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(dialled(path))).timeout(config.timeout());
    }

    private String dialled(String path) {
        return config.connectTo().filter(base -> !base.isBlank()).orElseGet(publicUrl::base) + path;
    }

    private Reached ask(HttpRequest request, String service, String nonce) {
        HttpResponse<byte[]> answer;
        try {
            answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            return unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reached.Nobody("the request was interrupted");
        }
        if (answer.statusCode() != 200) {
            return new Reached.Answered(answer.statusCode());
        }
        return ours(answer.body(), service, nonce);
    }

    private Reached ours(byte[] body, String service, String nonce) {
        JsonNode read;
        try {
            read = EventJson.mapper().readTree(body);
        } catch (IOException notJson) {
            return new Reached.Stranger();
        }
        boolean proven = tokens.verify(read.path("proof").asText(), CheckResource.AUDIENCE)
                .filter(claims -> claims.subject().equals(nonce))
                .isPresent();
        if (!proven) {
            return new Reached.Stranger();
        }
        String name = read.path("service").asText();
        return name.equals(service) ? new Reached.Ours() : new Reached.Misled(name);
    }

    private static Reached unreachable(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return new Reached.Nobody("its host name leads nowhere");
            } else if (cause instanceof HttpConnectTimeoutException) {
                return new Reached.Nobody("nothing accepts a connection in time");
            } else if (cause instanceof HttpTimeoutException) {
                return new Reached.Nobody("no answer comes in time");
            } else if (cause instanceof SSLException) {
                return new Reached.Nobody("its certificate is not accepted");
            }
        }
        return new Reached.Nobody(
                failure instanceof ConnectException ? "no connection can be made" : "the connection breaks off");
    }
}
