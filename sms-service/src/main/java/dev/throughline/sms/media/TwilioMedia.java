package dev.throughline.sms.media;

import dev.throughline.platform.twilio.TwilioConfig;
import dev.throughline.platform.twilio.TwilioCredentials;
import dev.throughline.platform.web.Problem;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Twilio's Media resource. The file is asked for at the configured API with credentials; that answers with a redirect to where the file
 * lies, valid for hours, which is followed without them (Twilio, <em>Media resource</em>).
 */
@ApplicationScoped
class TwilioMedia {

    private static final Logger LOG = Logger.getLogger(TwilioMedia.class);
    private static final int MOST_REDIRECTS = 3;

    private final TwilioConfig twilio;
    private final MediaConfig config;
    private final Optional<TwilioCredentials> credentials;
    private final HttpClient http;

    TwilioMedia(TwilioConfig twilio, MediaConfig config, Vertx vertx) {
        this.twilio = twilio;
        this.config = config;
        this.credentials = TwilioCredentials.of(twilio);
        this.http = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) twilio.connectTimeout().toMillis())
                // A file that stops coming ends, also in the middle.
                .setReadIdleTimeout((int) twilio.readTimeout().toSeconds())
                .setMaxPoolSize(config.maxConcurrent())
                .setMaxWaitQueueSize(config.maxConcurrent()));
    }

    /** A file that begins to come. @param content ends with a failure when it grows over the limit */
    record Opened(String contentType, Multi<Buffer> content) {}

    /**
     * Begins to fetch a file.
     *
     * @param url as the webhook gave it; only its path counts, so that credentials go nowhere but to the configured API
     * @throws Problem 404 when Twilio has it no more, 502 when it does not give it out, 503 when Twilio is not configured
     */
    Uni<Opened> open(String messageSid, String url) {
        if (credentials.isEmpty()) {
            throw Problem.unavailable("Twilio is not configured.");
        }
        URI first = apiUri(url);
        return Uni.createFrom()
                .completionStage(() -> get(first, credentials.get().basic(), 0).toCompletionStage())
                .ifNoItem()
                .after(twilio.readTimeout())
                .failWith(() -> notGiven("in time"))
                .onFailure(failure -> !(failure instanceof Problem))
                .transform(failure -> {
                    LOG.warnf(
                            "file of text %s could not be fetched: %s",
                            messageSid, failure.getClass().getSimpleName());
                    return notGiven("now");
                });
    }

    private URI apiUri(String url) {
        String path = URI.create(url).getRawPath();
        String account = "/Accounts/" + credentials.orElseThrow().accountSid() + "/Messages/";
        if (path == null || !path.contains(account) || path.contains("..")) {
            throw notGiven("because its address is none of this account");
        }
        return URI.create(twilio.apiBaseUrl()).resolve(path);
    }

    private Future<Opened> get(URI uri, @Nullable String authorization, int redirects) {
        RequestOptions request = new RequestOptions().setAbsoluteURI(uri.toString());
        if (authorization != null) {
            request.putHeader("Authorization", authorization);
        }
        return http.request(request).compose(sent -> sent.send()).compose(response -> {
            // Until somebody listens to it.
            response.pause();
            String location = response.getHeader("Location");
            if (response.statusCode() >= 300 && response.statusCode() < 400 && location != null) {
                response.request().reset();
                return redirects < MOST_REDIRECTS
                        ? get(target(uri, location), null, redirects + 1)
                        : Future.failedFuture(notGiven("within " + MOST_REDIRECTS + " redirects"));
            }
            return opened(response);
        });
    }

    /** @throws Problem when a redirect would leave encryption */
    private static URI target(URI from, String location) {
        URI target = from.resolve(location);
        if (!"https".equals(target.getScheme()) && !from.getScheme().equals(target.getScheme())) {
            throw notGiven("over an encrypted connection");
        }
        return target;
    }

    private Future<Opened> opened(HttpClientResponse response) {
        long announced = Optional.ofNullable(response.getHeader("Content-Length"))
                .filter(length -> length.matches("\\d{1,18}"))
                .map(Long::parseLong)
                .orElse(0L);
        Problem wrong = null;
        if (response.statusCode() == 404 || response.statusCode() == 410) {
            wrong = Problem.notFound("Twilio has this file no more.");
        } else if (response.statusCode() != 200) {
            wrong = notGiven("(status " + response.statusCode() + ")");
        } else if (announced > config.maxBytes()) {
            wrong = tooLarge();
        }
        if (wrong != null) {
            response.request().reset();
            return Future.failedFuture(wrong);
        }
        String type = response.getHeader("Content-Type");
        return Future.succeededFuture(new Opened(type == null ? "application/octet-stream" : type, bounded(response)));
    }

    private Multi<Buffer> bounded(HttpClientResponse response) {
        AtomicLong passed = new AtomicLong();
        return io.vertx.mutiny.core.http.HttpClientResponse.newInstance(response)
                .toMulti()
                .map(io.vertx.mutiny.core.buffer.Buffer::getDelegate)
                .onItem()
                .invoke(part -> {
                    if (passed.addAndGet(part.length()) > config.maxBytes()) {
                        response.request().reset();
                        throw tooLarge();
                    }
                })
                .onCancellation()
                .invoke(() -> response.request().reset());
    }

    private Problem tooLarge() {
        return Problem.of(502, "MEDIA_TOO_LARGE", "The file is larger than " + config.maxBytes() + " bytes.");
    }

    private static Problem notGiven(String how) {
        return Problem.of(502, "MEDIA_NOT_AVAILABLE", "Twilio does not give the file out " + how + ".");
    }
}
