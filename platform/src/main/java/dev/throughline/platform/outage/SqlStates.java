package dev.throughline.platform.outage;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** Reads the SQL state of the reactive client's exceptions, which are not on the classpath of a service without a database. */
final class SqlStates {

    private static final @Nullable Class<?> DATABASE_EXCEPTION = find();
    private static final @Nullable MethodHandle SQL_STATE = getter(DATABASE_EXCEPTION);

    private SqlStates() {}

    static @Nullable String of(Throwable cause) {
        if (DATABASE_EXCEPTION == null || SQL_STATE == null || !DATABASE_EXCEPTION.isInstance(cause)) {
            return null;
        }
        try {
            return (String) SQL_STATE.invoke(cause);
        } catch (Throwable e) {
            return null;
        }
    }

    private static @Nullable Class<?> find() {
        try {
            return Class.forName("io.vertx.sqlclient.DatabaseException");
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    private static @Nullable MethodHandle getter(@Nullable Class<?> type) {
        try {
            return type == null
                    ? null
                    : MethodHandles.publicLookup()
                            .findVirtual(type, "getSqlState", MethodType.methodType(String.class));
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }
}
