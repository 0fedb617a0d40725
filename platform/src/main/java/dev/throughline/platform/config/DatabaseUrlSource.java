package dev.throughline.platform.config;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Turns {@code DATABASE_URL} into the datasource's own properties. Below the environment, so that {@code QUARKUS_DATASOURCE_…} wins. A
 * malformed value gives nothing here; {@link StartupChecks} names it.
 */
public final class DatabaseUrlSource implements ConfigSourceFactory {

    private static final int ORDINAL = 290;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        ConfigValue value = context.getValue("DATABASE_URL");
        if (value == null
                || value.getValue() == null
                || DatabaseUrl.problemWith(value.getValue()).isPresent()) {
            return List.of();
        }
        DatabaseUrl url = DatabaseUrl.parse(value.getValue());
        Map<String, String> properties = new HashMap<>();
        properties.put("quarkus.datasource.username", url.user());
        properties.put("quarkus.datasource.password", url.password());
        properties.put("quarkus.datasource.reactive.url", url.reactiveUrl());
        properties.put("quarkus.datasource.jdbc.url", url.jdbcUrl());
        return List.of(new PropertiesConfigSource(properties, "DATABASE_URL", ORDINAL));
    }
}
