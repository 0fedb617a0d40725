package dev.throughline.telephony.call;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Work that a caller waits for only so long. */
public final class Bounded {

    private Bounded() {}

    /**
     * The same work, failing with {@link io.smallrye.mutiny.TimeoutException} once {@code wait} is over. Comes back on the Vert.x
     * context it was asked on, so that the ids of the log lines that follow are still there.
     */
    public static <T extends @Nullable Object> Uni<T> within(Duration wait, Uni<T> work) {
        Uni<T> bounded = work.ifNoItem().after(wait).fail();
        Context context = Vertx.currentContext();
        return context == null ? bounded : bounded.emitOn(task -> context.runOnContext(ignored -> task.run()));
    }
}
