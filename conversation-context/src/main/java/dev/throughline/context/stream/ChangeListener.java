package dev.throughline.context.stream;

import dev.throughline.context.projection.ChangeNotices;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.pubsub.PgSubscriber;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Hears, on a PostgreSQL connection of its own, what other replicas' projections have changed; connects again for ever. */
@Singleton
class ChangeListener {

    private static final long MAX_RECONNECT_MILLIS = 2_000;
    private static final String VERTX_PREFIX = "vertx-reactive:";

    private final Vertx vertx;
    private final ChangeSignals signals;
    private final ChangeNotices notices;
    private final PgConnectOptions options;
    private @Nullable PgSubscriber subscriber;

    ChangeListener(
            Vertx vertx,
            ChangeSignals signals,
            ChangeNotices notices,
            @ConfigProperty(name = "quarkus.datasource.reactive.url") String url,
            @ConfigProperty(name = "quarkus.datasource.username") Optional<String> user,
            @ConfigProperty(name = "quarkus.datasource.password") Optional<String> password) {
        this.vertx = vertx;
        this.signals = signals;
        this.notices = notices;
        this.options =
                PgConnectOptions.fromUri(url.startsWith(VERTX_PREFIX) ? url.substring(VERTX_PREFIX.length()) : url);
        user.ifPresent(options::setUser);
        password.ifPresent(options::setPassword);
    }

    void start(@Observes StartupEvent event) {
        PgSubscriber created = PgSubscriber.subscriber(vertx, options);
        created.reconnectPolicy(retries -> Math.min(MAX_RECONNECT_MILLIS, 100L << Math.min(retries, 5)));
        created.channel(ChangeNotices.CHANNEL)
                .subscribeHandler(listening -> signals.lookAgain())
                .handler(this::heard);
        created.connect();
        subscriber = created;
    }

    void stop(@Observes ShutdownEvent event) {
        PgSubscriber open = subscriber;
        if (open != null) {
            open.close();
        }
    }

    private void heard(String payload) {
        notices.read(payload).ifPresent(signals::observe);
    }
}
