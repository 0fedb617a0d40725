package dev.throughline.platform.service;

import dev.throughline.platform.security.ServiceToken;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

/** Asks another of our services for something, with a {@link ServiceToken}. One attempt: whether to ask again is the caller's to decide. */
@Singleton
public class ServiceClient {

    private final ServiceToken tokens;
    private final HttpClient http;

    public ServiceClient(ServiceToken tokens, Vertx vertx) {
        this.tokens = tokens;
        this.http = vertx.createHttpClient(
                new HttpClientOptions().setMaxPoolSize(32).setMaxWaitQueueSize(128));
    }

    /** The answer, whatever its status. Fails when none came in time, or too many wait for one of this service already. */
    public Uni<ServiceReply> post(ServiceRequest request) {
        return ask(HttpMethod.POST, request);
    }

    /** As {@link #post}, for something that is only read. */
    public Uni<ServiceReply> get(ServiceRequest request) {
        return ask(HttpMethod.GET, request);
    }

    private Uni<ServiceReply> ask(HttpMethod method, ServiceRequest request) {
        return Uni.createFrom()
                .completionStage(() -> http.request(options(method, request))
                        // Nested, so that the body is asked for on the event loop, before it can have passed by.
                        .compose(sent -> sent.send(request.body()).compose(answer -> answer.body()
                                .map(body -> new ServiceReply(
                                        answer.statusCode(), answer.getHeader("Retry-After"), body.toString()))))
                        .toCompletionStage())
                .ifNoItem()
                .after(request.timeout())
                .fail();
    }

    @PreDestroy
    void close() {
        http.close();
    }

    private RequestOptions options(HttpMethod method, ServiceRequest request) {
        return new RequestOptions()
                .setMethod(method)
                .setAbsoluteURI(request.url())
                .setConnectTimeout(request.timeout().toMillis())
                .setTimeout(request.timeout().toMillis())
                .putHeader(ServiceToken.HEADER, tokens.mint(request.audience(), request.subject(), request.tenantId()))
                .putHeader("Content-Type", "application/json");
    }
}
