package dev.throughline.platform.outage;

import java.sql.SQLException;

/** Whether a failure says that the database cannot be reached or cannot work now, so that trying again later can help. Pure. */
public final class DatabaseAway {

    private DatabaseAway() {}

    /**
     * Whether this one throwable says so; its own causes are not looked at. SQL states 08 (connection), 40 (rollback), 53 (resources),
     * 57 (intervention); the driver is optional, hence by name.
     */
    public static boolean isCause(Throwable cause) {
        if (cause.getClass().getName().equals("io.vertx.core.impl.NoStackTraceThrowable")
                || cause.getClass().getSimpleName().equals("ClosedConnectionException")) {
            return true;
        }
        String state = cause instanceof SQLException sql ? sql.getSQLState() : SqlStates.of(cause);
        return state != null
                && (state.startsWith("08")
                        || state.startsWith("40")
                        || state.startsWith("53")
                        || state.startsWith("57"));
    }
}
