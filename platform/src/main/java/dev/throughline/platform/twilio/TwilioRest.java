package dev.throughline.platform.twilio;

import com.twilio.exception.ApiException;
import com.twilio.http.TwilioRestClient;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Twilio's REST API through the official SDK on a transport that tries once. The SDK blocks, so {@link #send} runs it on a virtual
 * thread; at most {@code throughline.twilio.max-concurrent-requests} at a time.
 *
 * <pre>{@code
 * rest.send(client -> Message.creator(to, from, text).create(client))
 *     .onItem().transform(outcome -> switch (outcome) { case Accepted<Message>(var message) -> … });
 * }</pre>
 */
@Singleton
public final class TwilioRest {

    private final @Nullable TwilioRestClient client;
    private final Semaphore permits;
    private final ExecutorService executor = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("twilio-rest-", 0).factory());

    /** The API as configured; close to nothing is done before the first request. */
    @Inject
    public TwilioRest(TwilioConfig config) {
        this.client = client(config).orElse(null);
        this.permits = new Semaphore(config.maxConcurrentRequests());
    }

    /** Whether an account and credentials are given; without them every send is refused and says so. */
    public boolean isConfigured() {
        return client != null;
    }

    /** The client, for reads made on a worker or virtual thread. @throws IllegalStateException when not configured */
    public TwilioRestClient client() {
        if (client == null) {
            throw new IllegalStateException(
                    "Twilio is not configured: set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN (or TWILIO_API_KEY and TWILIO_API_SECRET)");
        }
        return client;
    }

    /** Runs one request, never fails: the outcome says what happened. Made when subscribed to. */
    public <T> Uni<SendOutcome<T>> send(Function<TwilioRestClient, T> request) {
        return Uni.createFrom().item(() -> attempt(request)).runSubscriptionOn(executor);
    }

    /** As {@link #send} on the calling thread, which must be allowed to block. */
    public <T> SendOutcome<T> attempt(Function<TwilioRestClient, T> request) {
        if (client == null) {
            return new SendOutcome.Refused<>(0, 0, "Twilio is not configured", false);
        }
        permits.acquireUninterruptibly();
        try {
            return outcome(request.apply(client));
        } catch (ApiException e) {
            return refusedOrUnclear(e);
        } catch (RuntimeException e) {
            return broken(e);
        } finally {
            permits.release();
        }
    }

    @PreDestroy
    void close() {
        executor.shutdownNow();
    }

    private static <T> SendOutcome<T> outcome(@Nullable T resource) {
        return resource == null
                ? new SendOutcome.Unclear<>("Twilio answered without a resource")
                : new SendOutcome.Accepted<>(resource);
    }

    private static <T> SendOutcome<T> refusedOrUnclear(ApiException e) {
        Throwable cause = e.getCause();
        // The SDK reads the status from the body: a proxy's JSON that has none gives 0, and that is no refusal of
        // Twilio's.
        if (e.getStatusCode() == null || e.getStatusCode() < 400) {
            return cause == null ? new SendOutcome.Unclear<>("Twilio's answer could not be read") : broken(e);
        }
        int status = e.getStatusCode();
        if (status >= 500 || status == 408) {
            return new SendOutcome.Unclear<>("Twilio answered " + status);
        }
        int code = Objects.requireNonNullElse(e.getCode(), 0);
        return new SendOutcome.Refused<>(
                status, code, Objects.requireNonNullElse(e.getMessage(), "refused"), status == 429);
    }

    private static <T> SendOutcome<T> broken(RuntimeException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            // Nothing has left this machine: the request certainly did not happen.
            if (cause instanceof ConnectException
                    || cause instanceof HttpConnectTimeoutException
                    || cause instanceof UnknownHostException) {
                return new SendOutcome.Refused<>(0, 0, "no connection to Twilio", true);
            }
        }
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return new SendOutcome.Unclear<>(cause.getClass().getSimpleName());
    }

    private static Optional<TwilioRestClient> client(TwilioConfig config) {
        return TwilioCredentials.of(config)
                .map(credentials -> new TwilioRestClient.Builder(credentials.user(), credentials.password())
                        .accountSid(credentials.accountSid())
                        .httpClient(new SingleAttemptTransport(
                                config.apiBaseUrl(), config.connectTimeout(), config.readTimeout()))
                        .build());
    }
}
