package dev.throughline.localstack.chaos;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The network between the services and one server, in our hands: bytes pass both ways unchanged until it is told to be slow, to hang or to
 * be cut. Holds at most one read per direction, so a slow cable slows its ends and keeps nothing.
 */
final class Cable implements AutoCloseable {

    /** What it does to whoever uses it. */
    private enum State {
        OPEN,
        /** Nothing passes, nobody is told: a switch that lost its way. */
        HUNG,
        /** Connections are broken and none is made: a machine that is gone. */
        CUT
    }

    private static final String HERE = "127.0.0.1";

    private final Vertx vertx;
    private final NetClient client;
    private final int target;
    private final Set<NetSocket> ends = ConcurrentHashMap.newKeySet();
    private final List<Runnable> held = new ArrayList<>();
    private volatile State state = State.OPEN;
    private volatile long delayMillis;

    private Cable(Vertx vertx, int target) {
        this.vertx = vertx;
        this.client =
                vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true).setConnectTimeout(2_000));
        this.target = target;
    }

    /** A cable from {@code port} to {@code target}, both on this machine's loopback address. */
    static Cable between(Vertx vertx, int port, int target) {
        Cable cable = new Cable(vertx, target);
        NetServer server = vertx.createNetServer(
                new NetServerOptions().setHost(HERE).setPort(port).setTcpNoDelay(true));
        server.connectHandler(cable::join)
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
        return cable;
    }

    /** Each read waits this long before it goes on. */
    void slow(Duration delay) {
        delayMillis = delay.toMillis();
    }

    void hang() {
        state = State.HUNG;
    }

    void cut() {
        state = State.CUT;
        release();
        ends.forEach(NetSocket::close);
    }

    /** Everything passes again; what hung goes on where it stood. */
    void mend() {
        delayMillis = 0;
        state = State.OPEN;
        release();
    }

    private void join(NetSocket near) {
        if (state == State.CUT) {
            near.close();
            return;
        }
        near.pause();
        client.connect(target, HERE).onFailure(away -> near.close()).onSuccess(far -> {
            ends.add(near);
            ends.add(far);
            pass(near, far);
            pass(far, near);
            near.resume();
        });
    }

    private void pass(NetSocket from, NetSocket to) {
        from.handler(bytes -> {
            from.pause();
            whenOpen(() -> later(() -> to.write(bytes).onComplete(written -> from.resume())));
        });
        from.exceptionHandler(broken -> to.close());
        from.closeHandler(closed -> {
            ends.remove(from);
            // What was read before the end is still on its way.
            whenOpen(() -> later(to::close));
        });
    }

    private void later(Runnable work) {
        if (delayMillis == 0) {
            work.run();
        } else {
            vertx.setTimer(delayMillis, elapsed -> work.run());
        }
    }

    private void whenOpen(Runnable work) {
        if (state != State.HUNG) {
            work.run();
            return;
        }
        synchronized (held) {
            held.add(work);
        }
    }

    private void release() {
        List<Runnable> all;
        synchronized (held) {
            all = List.copyOf(held);
            held.clear();
        }
        all.forEach(Runnable::run);
    }

    @Override
    public void close() {
        client.close();
    }
}
