package dev.throughline.telephony.call;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Work on many that are found, one after the other. */
public final class Sweeps {

    private static final Logger LOG = Logger.getLogger(Sweeps.class);

    private Sweeps() {}

    /**
     * Works on each; one that fails is logged and holds up no other.
     *
     * @param what of the log: a conference, a hand-over
     * @return completes when all were worked on; fails when none could be found
     */
    public static <T> Uni<Void> each(String what, Uni<List<T>> found, Function<T, Uni<Void>> work) {
        return found.onItem()
                .transformToMulti(Multi.createFrom()::iterable)
                .onItem()
                .transformToUniAndConcatenate(one -> work.apply(one)
                        .onFailure()
                        .invoke(failure -> LOG.warnf(
                                "%s was not looked at, reason=%s",
                                what, failure.getClass().getSimpleName()))
                        .onFailure()
                        .recoverWithNull())
                .collect()
                .asList()
                .replaceWithVoid();
    }
}
