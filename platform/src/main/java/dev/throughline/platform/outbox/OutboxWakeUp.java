package dev.throughline.platform.outbox;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.pubsub.PgSubscriber;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Listens, on a connection of its own, for the notification a commit sends; connects again for ever, at most every 2 s. */
@Singleton
class OutboxWakeUp implements AutoCloseable {

    private static final long MAX_RECONNECT_MILLIS = 2_000;

    private final Vertx vertx;
    private final String url;
    private final Optional<String> user;
    private final Optional<String> password;
    private @Nullable PgSubscriber subscriber;

    @Inject
    OutboxWakeUp(
            Vertx vertx,
            @ConfigProperty(name = "quarkus.datasource.reactive.url") String url,
            @ConfigProperty(name = "quarkus.datasource.username") Optional<String> user,
            @ConfigProperty(name = "quarkus.datasource.password") Optional<String> password) {
        this.vertx = vertx;
        this.url = url.startsWith("vertx-reactive:") ? url.substring("vertx-reactive:".length()) : url;
        this.user = user;
        this.password = password;
    }

    void listen(Runnable onNotification) {
        PgConnectOptions options = PgConnectOptions.fromUri(url);
        user.ifPresent(options::setUser);
        password.ifPresent(options::setPassword);
        PgSubscriber created = PgSubscriber.subscriber(vertx, options);
        created.reconnectPolicy(retries -> Math.min(MAX_RECONNECT_MILLIS, 100L << Math.min(retries, 5)));
        created.channel(Outbox.CHANNEL)
                // What was committed while no connection listened is found by looking once it does.
                .subscribeHandler(subscribed -> onNotification.run())
                .handler(payload -> onNotification.run());
        created.connect();
        subscriber = created;
    }

    @Override
    public void close() {
        PgSubscriber open = subscriber;
        if (open != null) {
            open.close();
        }
    }
}
