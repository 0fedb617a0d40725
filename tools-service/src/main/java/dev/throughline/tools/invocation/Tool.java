package dev.throughline.tools.invocation;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;

/** A tool that answers from our own tables. */
non-sealed interface Tool extends AgentTool {

    /**
     * Does the work in the running transaction. May be called a second time, in a new transaction, when the first lost a race. Fails
     * with {@link AskBack} to answer with a refusal.
     */
    Uni<Effect> call(SqlClient tx, ToolCall call);
}
