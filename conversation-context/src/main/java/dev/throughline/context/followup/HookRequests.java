package dev.throughline.context.followup;

import dev.throughline.events.tenant.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells a tenant's own system, at {@code settings.texts.failureHook}. The address is looked up once, must be public, and is the very one that
 * is connected to; nothing is followed elsewhere, and nothing but the status is read.
 */
@Singleton
class HookRequests {

    private final FollowUpConfig config;
    private final HookSignature signature;
    private final Clock clock;
    private final Vertx vertx;
    private final HttpClient http;

    HookRequests(FollowUpConfig config, HookSignature signature, Clock clock, Vertx vertx) {
        this.config = config;
        this.signature = signature;
        this.clock = clock;
        this.vertx = vertx;
        this.http = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) config.timeout().toMillis())
                .setKeepAlive(false)
                .setMaxPoolSize(4)
                .setMaxWaitQueueSize(64));
    }

    /** Tells it; the receiver knows a repeat by its id. Never fails. */
    Uni<Outcome> tell(FollowUp followUp, Tenant tenant, String request) {
        @Nullable String hook = tenant.settings().texts().failureHook();
        if (hook == null) {
            return Uni.createFrom().item(new Outcome.Refused("the business has no hook any more"));
        }
        URI address = URI.create(hook);
        boolean own = config.ownHookHosts().orElse(List.of()).contains(address.getHost());
        if (address.getHost() == null || !own && !"https".equalsIgnoreCase(address.getScheme())) {
            return Uni.createFrom().item(new Outcome.Refused("the hook is no https address"));
        }
        return Uni.createFrom()
                .completionStage(() -> vertx.executeBlocking(() -> resolve(address.getHost(), own), false)
                        .compose(found -> found == null
                                ? Future.succeededFuture(
                                        (Outcome) new Outcome.Refused("the hook is not on the public internet"))
                                : post(followUp, address, found, request))
                        .toCompletionStage())
                .ifNoItem()
                .after(config.timeout())
                .fail()
                .onFailure()
                .recoverWithItem(failure -> new Outcome.Away(failure.getClass().getSimpleName()));
    }

    @PreDestroy
    void close() {
        http.close();
    }

    /** An address that may be called; null when there is none. */
    private static @Nullable InetAddress resolve(String host, boolean own) throws UnknownHostException {
        for (InetAddress address : InetAddress.getAllByName(host)) {
            if (own || PublicAddress.is(address)) {
                return address;
            }
        }
        return null;
    }

    private Future<Outcome> post(FollowUp followUp, URI address, InetAddress found, String request) {
        boolean tls = "https".equalsIgnoreCase(address.getScheme());
        int port = address.getPort() >= 0 ? address.getPort() : tls ? 443 : 80;
        String path = Objects.requireNonNullElse(address.getRawPath(), "");
        String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        Instant now = clock.instant();
        String id = followUp.id().toString();
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(port, found.getHostAddress()))
                .setHost(address.getHost())
                .setPort(port)
                .setSsl(tls)
                .setURI((path.isEmpty() ? "/" : path) + query)
                .setTimeout(config.timeout().toMillis())
                .putHeader("Content-Type", "application/json")
                .putHeader(HookSignature.ID, id)
                .putHeader(HookSignature.TIMESTAMP, Long.toString(now.getEpochSecond()))
                .putHeader(HookSignature.SIGNATURE, signature.of(followUp.tenantId(), id, now, request));
        return http.request(options).compose(sent -> sent.send(request).map(answer -> {
            Outcome outcome = Answers.ofHook(answer.statusCode());
            // The body is not wanted, and its end no failure.
            answer.exceptionHandler(ended -> {});
            sent.reset();
            return outcome;
        }));
    }
}
