package dev.throughline.platform.twilio;

import com.twilio.constant.EnumConstants;
import com.twilio.http.HttpClient;
import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.http.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;

/**
 * The SDK's transport on {@code java.net.http}, one attempt per request. The SDK's own client repeats a POST up to six times on a 503
 * (measured), which sends a text six times. Requests go to {@code baseUrl}; the SDK has no setting for it.
 */
final class SingleAttemptTransport extends HttpClient {

    /** Set by java.net.http itself. */
    private static final Set<String> OWN_HEADERS = Set.of("content-length", "host", "connection", "expect", "upgrade");

    private final java.net.http.HttpClient http;
    private final URI base;
    private final Duration readTimeout;

    SingleAttemptTransport(String baseUrl, Duration connectTimeout, Duration readTimeout) {
        this.http = java.net.http.HttpClient.newBuilder()
                .version(java.net.http.HttpClient.Version.HTTP_1_1)
                .connectTimeout(connectTimeout)
                .followRedirects(java.net.http.HttpClient.Redirect.NEVER)
                .build();
        this.base = URI.create(baseUrl.endsWith("/") ? baseUrl.substring(0, baseUrl.length() - 1) : baseUrl);
        this.readTimeout = readTimeout;
    }

    @Override
    public Response reliableRequest(Request request) {
        return makeRequest(request);
    }

    /**
     * @throws UncheckedIOException when no whole answer came back; its cause tells a refused connection from a lost answer
     */
    @Override
    public Response makeRequest(Request request) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(target(request)).timeout(readTimeout);
        request.getHeaderParams().forEach((name, values) -> {
            if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> builder.header(name, value));
            }
        });
        if (request.requiresAuthentication()) {
            builder.setHeader("Authorization", request.getAuthString());
        }
        builder.setHeader("Accept", "application/json");
        builder.method(request.getMethod().toString(), body(request, builder));
        try {
            HttpResponse<String> answer = answer(builder.build());
            // Headers may be none but not null: the SDK logs them.
            return new Response(answer.body(), answer.statusCode(), headers(answer));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted while waiting for Twilio", e));
        }
    }

    /** The request's own time-out ends with the headers of its answer; this one is for the body too. */
    private HttpResponse<String> answer(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<String>> answer =
                http.sendAsync(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        try {
            return answer.get(readTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            answer.cancel(true);
            throw new HttpTimeoutException("no whole answer in " + readTimeout);
        } catch (InterruptedException stopped) {
            answer.cancel(true);
            throw stopped;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException broken) {
                throw broken;
            }
            throw new IOException(failed.getCause());
        }
    }

    private static Header[] headers(HttpResponse<String> answer) {
        return answer.headers().map().entrySet().stream()
                .flatMap(header -> header.getValue().stream().map(value -> new BasicHeader(header.getKey(), value)))
                .toArray(Header[]::new);
    }

    private URI target(Request request) {
        URI original = URI.create(request.constructURL().toString());
        String query = original.getRawQuery();
        return URI.create(base(original) + original.getRawPath() + (query == null ? "" : "?" + query));
    }

    /** At Twilio's own addresses each product has a host of its own ({@code messaging.twilio.com}); a stand-in has one for all. */
    private String base(URI original) {
        boolean twilios = base.getHost().startsWith("api.") && base.getHost().endsWith(".twilio.com");
        String product = original.getHost().substring(0, original.getHost().indexOf('.'));
        return twilios
                ? base.getScheme() + "://" + product + base.getHost().substring("api".length())
                : base.toString();
    }

    private static HttpRequest.BodyPublisher body(Request request, HttpRequest.Builder builder) {
        if (request.getMethod() == HttpMethod.GET || request.getMethod() == HttpMethod.DELETE) {
            return HttpRequest.BodyPublishers.noBody();
        }
        if (request.getContentType() == EnumConstants.ContentType.JSON) {
            builder.setHeader("Content-Type", "application/json");
            return HttpRequest.BodyPublishers.ofString(request.getBody());
        }
        builder.setHeader("Content-Type", "application/x-www-form-urlencoded");
        return HttpRequest.BodyPublishers.ofString(request.encodeFormBody());
    }
}
