package dev.throughline.platform.config;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * What follows from the environment by more than a change of name: the datasource from {@code DATABASE_URL}, JSON logs from
 * {@code LOG_FORMAT=json}, and exported traces only where {@code OTEL_EXPORTER_OTLP_ENDPOINT} names a collector (ids are made all the
 * same). Below the environment, so that the framework's own variables win. A malformed URL gives nothing here; {@link StartupChecks}
 * names it.
 */
public final class EnvironmentSource implements ConfigSourceFactory {

    private static final int ORDINAL = 290;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        Map<String, String> properties = new HashMap<>();
        value(context, "DATABASE_URL")
                .filter(url -> DatabaseUrl.problemWith(url).isEmpty())
                .map(DatabaseUrl::parse)
                .ifPresent(url -> {
                    properties.put("quarkus.datasource.username", url.user());
                    properties.put("quarkus.datasource.password", url.password());
                    properties.put("quarkus.datasource.reactive.url", url.reactiveUrl());
                    properties.put("quarkus.datasource.jdbc.url", url.jdbcUrl());
                });
        if (value(context, "LOG_FORMAT").filter("json"::equalsIgnoreCase).isPresent()) {
            properties.put("quarkus.log.console.json.enabled", "true");
        }
        value(context, "OTEL_EXPORTER_OTLP_ENDPOINT").ifPresent(endpoint -> {
            properties.put("quarkus.otel.exporter.otlp.endpoint", endpoint);
            properties.put("quarkus.otel.traces.sampler.arg", "1.0");
        });
        return List.of(new PropertiesConfigSource(properties, "environment", ORDINAL));
    }

    private static Optional<String> value(ConfigSourceContext context, String name) {
        ConfigValue value = context.getValue(name);
        return Optional.ofNullable(value == null ? null : value.getValue()).filter(text -> !text.isBlank());
    }
}
