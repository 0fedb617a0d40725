package dev.throughline.tools.invocation;

import java.util.List;

/** What the agent can call. */
sealed interface AgentTool permits Tool, RemoteTool {

    /** Every name it is called by, the proper one first. */
    List<String> names();
}
