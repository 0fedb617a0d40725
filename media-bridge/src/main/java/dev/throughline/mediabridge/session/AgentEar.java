package dev.throughline.mediabridge.session;

import dev.throughline.mediabridge.agent.AgentLeg;
import dev.throughline.platform.elevenlabs.AgentMessages;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What the agent is told besides the caller's voice. Background information waits for an agent that does not listen yet, the newest
 * few; a question does not, because it would come too late. One conversation, one thread.
 */
final class AgentEar {

    private static final int MOST_UNTOLD = 20;

    private final Deque<String> untold = new ArrayDeque<>();
    private @Nullable AgentLeg leg;

    /** The agent listens; what waited is told. */
    void open(AgentLeg ready) {
        leg = ready;
        untold.forEach(this::inform);
        untold.clear();
    }

    /** The conversation is over. */
    void close() {
        leg = null;
    }

    /** The agent is to answer this; ignored when it does not listen. */
    void ask(String text) {
        if (leg != null) {
            leg.send(AgentMessages.userMessage(text));
        }
    }

    /** Background information; the agent says nothing to it at once. */
    void inform(String text) {
        if (leg != null) {
            leg.send(AgentMessages.contextualUpdate(text));
            return;
        }
        if (untold.size() >= MOST_UNTOLD) {
            untold.removeFirst();
        }
        untold.addLast(text);
    }

    /** What came of a tool of ours. */
    void result(String toolCallId, String result, boolean error) {
        if (leg != null) {
            leg.send(AgentMessages.clientToolResult(toolCallId, result, error));
        }
    }
}
