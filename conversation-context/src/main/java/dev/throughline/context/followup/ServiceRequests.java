package dev.throughline.context.followup;

import dev.throughline.platform.security.ServiceToken;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jboss.logging.Logger;

/** {@code POST /internal/texts} of sms-service and {@code POST /internal/outbound-calls} of telephony-gateway. */
@Singleton
class ServiceRequests {

    private static final Logger LOG = Logger.getLogger(ServiceRequests.class);

    private final FollowUpConfig config;
    private final ServiceToken tokens;
    private final HttpClient http;

    ServiceRequests(FollowUpConfig config, ServiceToken tokens, Vertx vertx) {
        this.config = config;
        this.tokens = tokens;
        this.http = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) config.timeout().toMillis())
                .setMaxPoolSize(16)
                .setMaxWaitQueueSize(128));
    }

    /** Asks for a text. Never fails. */
    Uni<Outcome> text(FollowUp followUp, String request) {
        return ask("SMS_SERVICE_URL", config.smsUrl(), "/internal/texts", ServiceToken.SMS_SERVICE, followUp, request);
    }

    /** Asks for a call. Never fails. */
    Uni<Outcome> call(FollowUp followUp, String request) {
        return ask(
                "TELEPHONY_GATEWAY_URL",
                config.telephonyUrl(),
                "/internal/outbound-calls",
                ServiceToken.TELEPHONY_GATEWAY,
                followUp,
                request);
    }

    @PreDestroy
    void close() {
        http.close();
    }

    private Uni<Outcome> ask(
            String variable, Optional<String> base, String path, String audience, FollowUp followUp, String request) {
        if (base.filter(url -> !url.isBlank()).isEmpty()) {
            LOG.warnf("a follow-up is due and %s is not set", variable);
            return Uni.createFrom().item(new Outcome.Away(variable + " is not set"));
        }
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(base.get() + path)
                .setTimeout(config.timeout().toMillis())
                .putHeader(
                        ServiceToken.HEADER, tokens.mint(audience, followUp.id().toString(), followUp.tenantId()))
                .putHeader("Content-Type", "application/json");
        return Uni.createFrom()
                .completionStage(() -> http.request(options)
                        // Nested, so that the body is asked for on the event loop, before it can have passed by.
                        .compose(sent -> sent.send(request).compose(answer -> answer.body()
                                .map(body -> Answers.ofService(
                                        answer.statusCode(), answer.getHeader("Retry-After"), body.toString()))))
                        .toCompletionStage())
                .ifNoItem()
                .after(config.timeout())
                .fail()
                .onFailure()
                .recoverWithItem(failure -> new Outcome.Away(failure.getClass().getSimpleName()));
    }
}
