package dev.throughline.mediabridge.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.throughline.mediabridge.ending.DisconnectCause;
import dev.throughline.platform.security.ServiceToken;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * {@code PUT /internal/calls/{callSid}/stream-outcome}: Connect's action, which Twilio requests once the socket has closed, needs to know
 * why it closed. {@code GET /internal/calls/{callSid}/briefing}: what is known of a call beyond its token. Best effort both; without
 * them telephony-gateway decides by what it knows itself, and the agent begins with what it has.
 */
@Singleton
public final class TelephonyGateway {

    private static final Logger LOG = Logger.getLogger(TelephonyGateway.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final GatewayConfig config;
    private final ServiceToken tokens;
    private final HttpClient http;

    TelephonyGateway(GatewayConfig config, ServiceToken tokens, Vertx vertx) {
        this.config = config;
        this.tokens = tokens;
        this.http = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) config.outcomeTimeout().toMillis())
                .setMaxPoolSize(32)
                .setMaxWaitQueueSize(512));
    }

    /**
     * Tells how a stream ended; {@code then} runs exactly once, on whatever thread, when it was told or could not be. A cause without an
     * outcome is not told at all: silence means that the call is to be taken up by another bridge.
     */
    public void tell(String callSid, @Nullable UUID tenantId, DisconnectCause cause, Runnable then) {
        Optional<String> url =
                url(callSid, "stream-outcome").filter(ignored -> cause.outcome().isPresent());
        if (url.isEmpty()) {
            then.run();
            return;
        }
        String outcome = cause.outcome().orElseThrow().name();
        Buffer body = Buffer.buffer("{\"outcome\":\"" + outcome + "\",\"cause\":\"" + cause.tag() + "\"}");
        request(
                        HttpMethod.PUT,
                        url.get(),
                        callSid,
                        tenantId,
                        body,
                        config.outcomeTimeout(),
                        response -> Future.succeededFuture(response.statusCode()))
                .onComplete(answer -> {
                    if (answer.failed()) {
                        LOG.warnf(
                                "stream outcome not told, callId=%s outcome=%s reason=%s",
                                callSid, outcome, answer.cause().getMessage());
                    } else if (answer.result() / 100 != 2) {
                        LOG.warnf(
                                "stream outcome not taken, callId=%s outcome=%s status=%d",
                                callSid, outcome, answer.result());
                    }
                    then.run();
                });
    }

    /** The briefing of a call. Never fails and never takes longer than its time-out: {@link Briefing#NONE} then. */
    public Uni<Briefing> briefing(String callSid, UUID tenantId) {
        Optional<String> url = url(callSid, "briefing");
        if (url.isEmpty()) {
            return Uni.createFrom().item(Briefing.NONE);
        }
        return Uni.createFrom()
                .completionStage(() -> request(
                                HttpMethod.GET,
                                url.get(),
                                callSid,
                                tenantId,
                                null,
                                config.briefingTimeout(),
                                TelephonyGateway::read)
                        .toCompletionStage())
                .ifNoItem()
                .after(config.briefingTimeout())
                .fail()
                .onFailure()
                .invoke(failure -> LOG.warnf("no briefing, callId=%s reason=%s", callSid, failure.getMessage()))
                .onFailure()
                .recoverWithItem(Briefing.NONE);
    }

    @PreDestroy
    void close() {
        http.close();
    }

    private Optional<String> url(String callSid, String what) {
        return config.telephonyUrl()
                .filter(base -> !base.isBlank())
                .map(base -> base + "/internal/calls/" + callSid + "/" + what);
    }

    /** {@code reader} is called on the event loop, so that the body is asked for before it can have passed by. */
    private <T> Future<T> request(
            HttpMethod method,
            String url,
            String callSid,
            @Nullable UUID tenantId,
            @Nullable Buffer body,
            Duration timeout,
            Function<HttpClientResponse, Future<T>> reader) {
        try {
            RequestOptions options = new RequestOptions()
                    .setMethod(method)
                    .setAbsoluteURI(url)
                    .setTimeout(timeout.toMillis())
                    .putHeader(ServiceToken.HEADER, tokens.mint(ServiceToken.TELEPHONY_GATEWAY, callSid, tenantId));
            if (body == null) {
                return http.request(options).compose(request -> request.send().compose(reader));
            }
            options.putHeader("Content-Type", "application/json");
            return http.request(options).compose(request -> request.send(body).compose(reader));
        } catch (IllegalStateException | IllegalArgumentException unusable) {
            return Future.failedFuture(unusable);
        }
    }

    private static Future<Briefing> read(HttpClientResponse response) {
        return response.body().map(body -> {
            if (response.statusCode() == 404) {
                return Briefing.NONE;
            }
            if (response.statusCode() != 200) {
                throw new IllegalStateException("HTTP " + response.statusCode());
            }
            return briefing(body.getBytes());
        });
    }

    /** Reads {@code {"variables":{…strings},"note":"…"|null}}; what is no text is left out. */
    static Briefing briefing(byte[] json) {
        JsonNode root;
        try {
            root = MAPPER.readTree(json);
        } catch (IOException notJson) {
            throw new IllegalStateException("a briefing that is no JSON", notJson);
        }
        Map<String, String> variables = new HashMap<>();
        root.path("variables").properties().forEach(variable -> {
            if (variable.getValue().isTextual()) {
                variables.put(variable.getKey(), variable.getValue().textValue());
            }
        });
        return new Briefing(
                variables, root.path("note").isTextual() ? root.path("note").textValue() : null);
    }
}
