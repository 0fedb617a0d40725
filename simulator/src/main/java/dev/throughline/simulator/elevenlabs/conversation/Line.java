package dev.throughline.simulator.elevenlabs.conversation;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/**
 * A conversation's ears and mouth on one side: carries it to the person it is held with. What comes from there is given to the
 * {@link Conversation}. For one event loop.
 */
public interface Line {

    /** The word faults of the conversation are matched by: {@code voice}, {@code text} or {@code phone}. */
    String channel();

    /** Whether the caller's audio comes by way of a client's own bridge, which may have damaged what nobody recognises. */
    boolean bridged();

    /** Tells an event of the socket's protocol; what the other side did not ask for, or cannot understand, is left out. */
    void tell(JsonObject event);

    /** Plays audio in the agent's output format; it follows what was played before. */
    void play(byte[] encoded, int eventId);

    /** Whether speaking over the agent cuts it off. */
    boolean interruptible();

    /** The agent was cut off: audio of {@code eventId} and older that was not heard yet is void. */
    void cutOff(int eventId);

    /** Has the other side perform a client tool. */
    Future<ToolOutcome> clientTool(JsonObject tool, String callId, JsonObject arguments, int eventId);

    /** Runs {@code then} when the other side has had the time to hear everything played. */
    void drain(Runnable then);

    /** Ends the line. {@code code} and {@code reason} are a close frame's. */
    void close(int code, String reason);
}
