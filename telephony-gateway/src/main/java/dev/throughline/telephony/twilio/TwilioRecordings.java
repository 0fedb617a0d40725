package dev.throughline.telephony.twilio;

import dev.throughline.platform.twilio.TwilioConfig;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The audio of Twilio's recordings (Twilio, <i>Recordings resource</i>, fetch media file). Passed on as it comes: a paused reader pauses
 * Twilio, so that nothing piles up here. Credentials go to the configured address alone; a redirect elsewhere is not followed.
 */
@Singleton
public final class TwilioRecordings {

    private final Vertx vertx;
    private final HttpClient http;
    private final String base;
    private final Optional<String> account;
    private final @Nullable String credentials;
    private final Duration firstByte;
    private final Duration whole;
    private final long mostBytes;

    TwilioRecordings(TwilioConfig config, RecordingConfig limits, Vertx vertx) {
        this.vertx = vertx;
        this.http = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) config.connectTimeout().toMillis())
                .setMaxPoolSize(16)
                .setMaxWaitQueueSize(32));
        String url = config.apiBaseUrl();
        this.base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        this.account = config.accountSid().filter(sid -> !sid.isBlank());
        this.credentials = credentials(config);
        this.firstByte = config.readTimeout();
        this.whole = limits.timeout();
        this.mostBytes = limits.mostBytes();
    }

    /** Asks for a recording as WAV; never fails. The audio may take a minute altogether, its first byte as long as any request. */
    public Uni<RecordingAudio> fetch(String recordingSid) {
        if (account.isEmpty() || credentials == null) {
            return Uni.createFrom().item(new RecordingAudio.Unavailable("Twilio is not configured"));
        }
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(base + "/2010-04-01/Accounts/" + account.get() + "/Recordings/" + recordingSid + ".wav")
                .putHeader("Authorization", credentials)
                .putHeader("Accept", "audio/x-wav");
        return Uni.createFrom()
                .<RecordingAudio>completionStage(
                        () -> http.request(options).compose(this::answer).toCompletionStage())
                .ifNoItem()
                .after(firstByte)
                .fail()
                .onFailure()
                .recoverWithItem(failure ->
                        new RecordingAudio.Unavailable(failure.getClass().getSimpleName()));
    }

    /** On the event loop, so that the body is held before its first byte can pass by. */
    private Future<RecordingAudio> answer(HttpClientRequest request) {
        return request.send().map(response -> {
            int status = response.statusCode();
            if (status == 200) {
                response.pause();
                return found(request, response);
            }
            request.reset();
            return status == 404
                    ? new RecordingAudio.Gone()
                    : new RecordingAudio.Unavailable("Twilio answered " + status);
        });
    }

    private RecordingAudio found(HttpClientRequest request, HttpClientResponse response) {
        // Also for a reader that never comes.
        long timer = vertx.setTimer(whole.toMillis(), late -> request.reset());
        long[] read = {0};
        Multi<byte[]> audio = io.vertx.mutiny.core.http.HttpClientResponse.newInstance(response)
                .toMulti()
                .map(buffer -> buffer.getDelegate().getBytes())
                .onItem()
                .invoke(bytes -> {
                    read[0] += bytes.length;
                    if (read[0] > mostBytes) {
                        throw new IllegalStateException("the recording is larger than " + mostBytes + " bytes");
                    }
                })
                .onTermination()
                .invoke((failure, cancelled) -> {
                    vertx.cancelTimer(timer);
                    if (failure != null || cancelled) {
                        request.reset();
                    }
                });
        return new RecordingAudio.Found(
                Objects.requireNonNullElse(response.getHeader("Content-Type"), "audio/x-wav"), audio);
    }

    @PreDestroy
    void close() {
        http.close();
    }

    private static @Nullable String credentials(TwilioConfig config) {
        boolean key = config.apiKey().isPresent() && config.apiSecret().isPresent();
        Optional<String> user = key ? config.apiKey() : config.accountSid();
        Optional<String> password = key ? config.apiSecret() : config.authToken();
        if (user.isEmpty() || password.isEmpty()) {
            return null;
        }
        byte[] pair = (user.get() + ":" + password.get()).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }
}
