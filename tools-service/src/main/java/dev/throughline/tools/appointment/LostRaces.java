package dev.throughline.tools.appointment;

import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import java.util.Set;

/** Transactions that another one was faster than. */
public final class LostRaces {

    /** Exclusion violation, deadlock, serialisation failure: the work can simply be done again. */
    private static final Set<String> STATES = Set.of("23P01", "40P01", "40001");

    private static final int MOST = 3;

    private LostRaces() {}

    /** Runs a transaction again when it lost a race; fails when it lost too many. */
    public static <T> Uni<T> retry(Uni<T> transaction) {
        return transaction
                .onFailure(failure -> failure instanceof PgException lost && STATES.contains(lost.getSqlState()))
                .retry()
                .atMost(MOST);
    }
}
