package dev.throughline.tools.invocation;

import java.util.List;

/** What the agent can call. */
sealed interface AgentTool permits Tool, RemoteTool {

    /** The tool as the agent is told of it: its names, what it does, and what may be said to it. */
    ToolSpec spec();

    /** Every name it is called by, the proper one first. */
    default List<String> names() {
        return spec().names();
    }
}
