package dev.throughline.localstack.parts;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The five services, in the order they are listed to people. */
public enum ServiceModule {
    TELEPHONY_GATEWAY("telephony"),
    MEDIA_BRIDGE(null),
    SMS_SERVICE("sms"),
    TOOLS_SERVICE("tools"),
    CONVERSATION_CONTEXT("context");

    private final @Nullable String database;

    ServiceModule(@Nullable String database) {
        this.database = database;
    }

    /** The module's directory, the service's name in the route table and in logs. */
    public String module() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Its database; empty for the bridge, which has none. */
    public Optional<String> database() {
        return Optional.ofNullable(database);
    }

    /** The variable that gives its public port. */
    public String portVariable() {
        return name() + "_PORT";
    }

    /** The variable that gives its management port. */
    public String managementPortVariable() {
        return name() + "_MANAGEMENT_PORT";
    }
}
