package dev.throughline.simulator.twilio.webhook;

import dev.throughline.simulator.twilio.webhook.WebhookResult.Answered;
import dev.throughline.simulator.twilio.webhook.WebhookResult.Failed;
import dev.throughline.simulator.wire.PublicRoute;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** One attempt of one webhook: signing, connecting, up to 10 redirects, reading at most 64 kB. */
public final class HttpAttempt {

    private static final int MAX_REDIRECTS = 10;
    private static final int MAX_BODY_BYTES = 64 * 1024;

    private final HttpClient client;
    private final RequestSigner signer;
    private final PublicRoute route;

    /** Attempts through {@code route}, signed by {@code signer}; one connection each, as pooled ones could be stale. */
    public HttpAttempt(Vertx vertx, RequestSigner signer, PublicRoute route) {
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setKeepAlive(false)
                .setMaxPoolSize(500)
                .setMaxWaitQueueSize(1000)
                .setMaxHeaderSize(32 * 1024));
        this.signer = signer;
        this.route = route;
    }

    /**
     * How an attempt ended.
     *
     * @param status HTTP status, 0 when none came
     * @param retryReason the {@code rp} word that would allow another attempt
     */
    record Outcome(int status, String what, WebhookResult result, Optional<String> retryReason) {

        static Outcome failed(int status, int code, String reason, Optional<String> retryReason) {
            return new Outcome(status, reason, new Failed(code, reason, false), retryReason);
        }
    }

    private record Response(int status, String contentType, String location, String body) {}

    private static final class BodyTooLarge extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    Outcome run(Webhook webhook, ConnectionOverrides overrides, String token, boolean forged, long deadlineNanos) {
        String url = stripped(webhook);
        String method = webhook.method();
        Map<String, String> parameters = webhook.parameters();
        if (method.equals("GET") && !parameters.isEmpty()) {
            url = url + (url.contains("?") ? "&" : "?") + encode(parameters);
            parameters = Map.of();
        }
        for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
            Response response;
            try {
                response = exchange(method, url, parameters, overrides, token, forged, webhook, deadlineNanos);
            } catch (ConnectFailed e) {
                return Outcome.failed(0, 11205, "connection failed", Optional.of("ct"));
            } catch (TimeoutException e) {
                return Outcome.failed(0, 11200, "no answer in time", Optional.of("rt"));
            } catch (BodyTooLarge e) {
                return Outcome.failed(200, 11750, "answer over 64 kB", Optional.empty());
            } catch (Exception e) {
                return Outcome.failed(0, 11200, "no HTTP answer", Optional.empty());
            }
            int status = response.status();
            if (status < 300) {
                return new Outcome(
                        status,
                        "HTTP " + status,
                        new Answered(status, response.contentType(), response.body(), url),
                        Optional.empty());
            }
            if (status < 400 && !response.location().isEmpty()) {
                url = URI.create(url).resolve(response.location()).toString();
                if (status == 301 || status == 302 || status == 303) {
                    // Twilio turns the POST into a GET here and the parameters are lost.
                    method = "GET";
                    parameters = Map.of();
                }
                continue;
            }
            return Outcome.failed(status, 11200, "HTTP " + status, Optional.of(status >= 500 ? "5xx" : "4xx"));
        }
        return Outcome.failed(0, 11215, "too many redirects", Optional.empty());
    }

    private static final class ConnectFailed extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private Response exchange(
            String method,
            String url,
            Map<String, String> parameters,
            ConnectionOverrides overrides,
            String token,
            boolean forged,
            Webhook webhook,
            long deadlineNanos)
            throws Exception {
        String signed = webhook.kind().signsWithoutPort() ? withoutHttpsPort(url) : url;
        RequestOptions options = route.request(HttpMethod.valueOf(method), url)
                .putHeader("User-Agent", "TwilioProxy/1.1")
                .putHeader("Accept", "*/*")
                .putHeader("I-Twilio-Idempotency-Token", token)
                .putHeader(
                        "X-Twilio-Signature",
                        forged ? signer.forge(signed, parameters) : signer.sign(signed, parameters))
                .setConnectTimeout(overrides.connectMillis());
        Buffer body = Buffer.buffer();
        if (method.equals("POST")) {
            options.putHeader("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8");
            body.appendString(encode(parameters));
        }
        Future<HttpClientRequest> connected = client.request(options);
        // Chained before it is waited for, so that all of it happens on the event loop: an answer that came between two
        // steps of
        // another thread would be lost.
        Future<Response> answered = connected.compose(
                request -> (method.equals("POST") ? request.send(body) : request.send()).compose(HttpAttempt::collect));
        HttpClientRequest request;
        try {
            request = Blocking.await(connected, overrides.connectMillis() + 500L);
        } catch (Exception e) {
            throw new ConnectFailed();
        }
        long left = Math.min(overrides.readMillis(), (deadlineNanos - System.nanoTime()) / 1_000_000);
        try {
            return Blocking.await(answered, left);
        } catch (TimeoutException e) {
            request.reset();
            throw e;
        }
    }

    private static Future<Response> collect(HttpClientResponse response) {
        Promise<Response> done = Promise.promise();
        Buffer body = Buffer.buffer();
        response.exceptionHandler(done::tryFail);
        response.handler(chunk -> {
            body.appendBuffer(chunk);
            if (body.length() > MAX_BODY_BYTES) {
                done.tryFail(new BodyTooLarge());
                response.request().reset();
            }
        });
        response.endHandler(end -> {
            String type = response.headers().get("Content-Type");
            String location = response.headers().get("Location");
            done.tryComplete(new Response(
                    response.statusCode(),
                    type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT),
                    location == null ? "" : location,
                    body.toString(StandardCharsets.UTF_8)));
        });
        return done.future();
    }

    /** The URL without fragment and user info, which Twilio neither sends nor signs. */
    private static String stripped(Webhook webhook) {
        return webhook.url().replaceFirst("#.*$", "").replaceFirst("^(https?://)[^/@]*@", "$1");
    }

    private static String withoutHttpsPort(String url) {
        return url.replaceFirst("^(https://[^/:?]+):\\d+", "$1");
    }

    private static String encode(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(each -> encode(each.getKey()) + "=" + encode(each.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
