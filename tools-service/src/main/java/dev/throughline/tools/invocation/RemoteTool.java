package dev.throughline.tools.invocation;

import io.smallrye.mutiny.Uni;

/** A tool that asks another service. It runs before the transaction that records it, because no transaction waits for a network. */
non-sealed interface RemoteTool extends AgentTool {

    /** Asks. Never fails: what cannot be reached is a refusal. */
    Uni<Effect> call(ToolCall call);
}
