package dev.throughline.localstack.front;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetSocket;
import java.net.ConnectException;
import java.util.List;
import java.util.Locale;

/**
 * Passes one request to a service and the answer back. Bodies stream in both directions with back-pressure, so an SSE answer reaches
 * the reader event by event. An upgrade that the service accepts (101) turns both connections into one tunnel of raw bytes.
 */
final class Forwarding {

    /** Live calls and event streams each hold a connection; far above what one machine plays through. */
    private static final int MAX_CONNECTIONS_PER_SERVICE = 4_096;

    private static final int CONNECT_TIMEOUT_MILLIS = 2_000;

    private final HttpClient client;
    private final ForwardedHeaders headers;

    Forwarding(Vertx vertx, ForwardedHeaders headers) {
        this.headers = headers;
        // No idle timeout anywhere: a call may be silent for longer than any number chosen here.
        this.client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
                        .setKeepAliveTimeout(30)
                        .setMaxHeaderSize(Front.MAX_HEADER_BYTES)
                        .setDecompressionSupported(false)
                        .setTcpNoDelay(true),
                new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS_PER_SERVICE));
    }

    /** Sends {@code request} to {@code service}, which listens on {@code ports} of this machine: to the first of them that can be reached. */
    void forward(HttpServerRequest request, String service, List<Integer> ports) {
        request.pause();
        int port = ports.getFirst();
        List<Integer> others = ports.subList(1, ports.size());
        RequestOptions target = new RequestOptions()
                .setMethod(request.method())
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI(request.uri());
        client.request(target).onComplete(opened -> {
            if (opened.failed() && !others.isEmpty()) {
                forward(request, service, others);
            } else if (opened.failed()) {
                request.resume();
                Problem.SERVICE_AWAY.answer(request.response(), service + " does not answer.");
            } else if (isUpgrade(request)) {
                upgrade(request, opened.result(), service);
            } else {
                exchange(request, opened.result(), service);
            }
        });
    }

    void close() {
        client.close();
    }

    private void exchange(HttpServerRequest request, HttpClientRequest onward, String service) {
        headers.copyRequest(request, onward.headers());
        request.exceptionHandler(gone -> onward.reset());
        request.response().exceptionHandler(gone -> onward.reset());
        request.response().closeHandler(closed -> onward.reset());
        onward.response().onComplete(answered -> {
            if (answered.failed()) {
                problemOf(answered.cause()).answer(request.response(), service + " broke off.");
            } else {
                answer(answered.result(), request);
            }
        });
        boolean hasBody = request.getHeader("content-length") != null || request.getHeader("transfer-encoding") != null;
        if (hasBody) {
            onward.send(request).onFailure(broken -> onward.reset());
        } else {
            request.resume();
            onward.send().onFailure(broken -> onward.reset());
        }
    }

    private void answer(HttpClientResponse from, HttpServerRequest request) {
        HttpServerResponse to = request.response();
        int status = from.statusCode();
        boolean bodyAllowed = request.method() != HttpMethod.HEAD && status != 204 && status != 304;
        to.setStatusCode(status).setStatusMessage(from.statusMessage());
        ForwardedHeaders.copyResponse(from.headers(), to.headers());
        boolean endless = from.getHeader("content-length") == null && bodyAllowed;
        if (endless) {
            to.setChunked(true);
            // The head goes now: an event stream may have nothing to say for a long time, and its reader waits to be
            // connected.
            to.write(Buffer.buffer());
        }
        from.pipeTo(to).onFailure(broken -> {
            // What else ends because of it is no news: the pipe listens no more, and without a listener it would be
            // logged.
            from.exceptionHandler(late -> {});
            to.reset();
        });
    }

    private void upgrade(HttpServerRequest request, HttpClientRequest onward, String service) {
        headers.copyRequest(request, onward.headers());
        onward.putHeader("Connection", "Upgrade").putHeader("Upgrade", request.getHeader("upgrade"));
        onward.connect().onComplete(answered -> {
            if (answered.failed()) {
                request.resume();
                problemOf(answered.cause()).answer(request.response(), service + " broke off.");
            } else if (answered.result().statusCode() == 101) {
                tunnel(request, answered.result());
            } else {
                request.resume();
                answer(answered.result(), request);
            }
        });
    }

    private void tunnel(HttpServerRequest request, HttpClientResponse accepted) {
        NetSocket inner = accepted.netSocket();
        inner.pause();
        ForwardedHeaders.copyResponse(accepted.headers(), request.response().headers());
        request.response().putHeader("Connection", "Upgrade").putHeader("Upgrade", accepted.getHeader("upgrade"));
        request.toNetSocket().onFailure(gone -> inner.close()).onSuccess(outer -> {
            pipe(inner, outer);
            pipe(outer, inner);
            inner.resume();
        });
    }

    /** One direction of a tunnel; the reader waits while the writer is full, and the end or the loss of one side ends the other. */
    private static void pipe(NetSocket from, NetSocket to) {
        from.handler((Buffer bytes) -> {
            to.write(bytes);
            if (to.writeQueueFull()) {
                from.pause();
                to.drainHandler(drained -> from.resume());
            }
        });
        from.exceptionHandler(broken -> to.close());
        from.closeHandler(closed -> to.close());
    }

    private static boolean isUpgrade(HttpServerRequest request) {
        String connection = request.getHeader("connection");
        return request.getHeader("upgrade") != null
                && connection != null
                && connection.toLowerCase(Locale.ROOT).contains("upgrade");
    }

    private static Problem problemOf(Throwable cause) {
        return cause instanceof ConnectException ? Problem.SERVICE_AWAY : Problem.SERVICE_BROKE_OFF;
    }
}
