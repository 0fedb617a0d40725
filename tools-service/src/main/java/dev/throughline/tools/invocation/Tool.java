package dev.throughline.tools.invocation;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import java.util.List;

/** One tool of the agent. */
interface Tool {

    /** Every name it is called by, the proper one first. */
    List<String> names();

    /**
     * Does the work in the running transaction. May be called a second time, in a new transaction, when the first lost a race. Fails
     * with {@link AskBack} to answer with a refusal.
     */
    Uni<Effect> call(SqlClient tx, ToolCall call);
}
