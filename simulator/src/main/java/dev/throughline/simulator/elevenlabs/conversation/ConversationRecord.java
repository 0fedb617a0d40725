package dev.throughline.simulator.elevenlabs.conversation;

import dev.throughline.simulator.elevenlabs.account.Json;
import dev.throughline.simulator.elevenlabs.brain.Brain;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Everything known of one conversation, while it runs and after. Messages are kept up to a bound, audio frames are counted. */
public final class ConversationRecord {

    private static final int MAX_MESSAGES = 1000;

    private final String id;
    private final String agentId;
    private final JsonObject agent;
    private final String authorization;
    private final Clock clock;
    private final Instant startedAt;
    private final List<Turn> turns = new ArrayList<>();
    private final JsonArray messages = new JsonArray();
    private final JsonArray audioHeard = new JsonArray();
    private JsonObject clientData = new JsonObject();
    private JsonObject variables = new JsonObject();
    private boolean textOnly;
    private @Nullable JsonObject phoneCall;
    private @Nullable Brain brain;
    private String status = "initiated";
    private String terminationReason = "";
    private @Nullable JsonObject error;
    private @Nullable Instant begunAt;
    private @Nullable Instant endedAt;
    private int closeCode;
    private long framesReceived;
    private long audioBytesReceived;
    private long audioBytesSent;

    /** A conversation that begins now. {@code authorization} is the provider's word for how it was let in. */
    public ConversationRecord(String id, String agentId, JsonObject agent, String authorization, Clock clock) {
        this.id = id;
        this.agentId = agentId;
        this.agent = agent;
        this.authorization = authorization;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    /** Notes what a call that is not answered yet will be opened with, for whoever looks it up. */
    public void announce(JsonObject data) {
        clientData = data;
        variables = Json.object(data, "dynamic_variables").copy();
    }

    /** Notes how the conversation was opened. */
    public void begin(JsonObject data, JsonObject dynamicVariables, boolean text) {
        clientData = data;
        variables = dynamicVariables;
        textOnly = text;
        status = "in-progress";
        begunAt = clock.instant();
    }

    /** Adds a line of the user's. */
    public void userSaid(String text, String medium, int eventId) {
        turns.add(new Turn(false, text, medium, secondsSoFar(), eventId));
    }

    /** Adds a line of the agent's and returns it. */
    public Turn agentSaid(String text, int eventId) {
        Turn turn = new Turn(true, text, null, secondsSoFar(), eventId);
        turns.add(turn);
        return turn;
    }

    /** Adds a turn of the agent's that says nothing and calls a tool. */
    public Turn agentActed(int eventId) {
        Turn turn = new Turn(true, null, null, secondsSoFar(), eventId);
        turns.add(turn);
        return turn;
    }

    /** Keeps a message for inspection; {@code direction} is {@code received} or {@code sent}. */
    public void message(String direction, JsonObject message) {
        if (messages.size() < MAX_MESSAGES) {
            messages.add(new JsonObject()
                    .put("direction", direction)
                    .put(
                            "atMillis",
                            Duration.between(startedAt, clock.instant()).toMillis())
                    .put("message", message));
        }
    }

    void frameReceived(int bytes) {
        framesReceived++;
        audioBytesReceived += bytes;
    }

    void audioSent(int bytes) {
        audioBytesSent += bytes;
    }

    void utterance(String transcript, String finding) {
        audioHeard.add(new JsonObject().put("transcript", transcript).put("finding", finding));
    }

    /** Ends it; only the first call counts. {@code failure} is {@code {code,reason}} or null. */
    public boolean end(String reason, int code, @Nullable JsonObject failure) {
        if (endedAt != null) {
            return false;
        }
        endedAt = clock.instant();
        terminationReason = reason;
        closeCode = code;
        error = failure;
        status = "processing";
        return true;
    }

    /** Marks the analysis as finished. */
    public void analysed() {
        status = error == null ? "done" : "failed";
    }

    /** Whole seconds from when it was opened to now, or to the end; 0 for a call nobody answered. */
    public int secondsSoFar() {
        return begunAt == null ? 0 : (int) Duration.between(begunAt, moment()).toSeconds();
    }

    /** Where it stands: now while it lasts, its end from then on. */
    Instant moment() {
        return endedAt == null ? clock.instant() : endedAt;
    }

    /** When it was opened; for a call nobody answered, when it was placed. */
    public Instant begunAt() {
        return begunAt == null ? startedAt : begunAt;
    }

    /** Puts a native telephony leg on the record. */
    public void phoneCall(JsonObject leg) {
        phoneCall = leg;
    }

    /** Lets the analysis ask the mind that led the conversation. */
    public void brain(Brain mind) {
        brain = mind;
    }

    /** {@code conv_…}. */
    public String id() {
        return id;
    }

    /** {@code agent_…}. */
    public String agentId() {
        return agentId;
    }

    /** The agent as it was provisioned when the conversation began. */
    public JsonObject agent() {
        return agent;
    }

    /** The agent's name. */
    public String agentName() {
        return agent.getString("name", "New agent");
    }

    /** How it was let in, in the provider's word. */
    public String authorization() {
        return authorization;
    }

    /** When it began. */
    public Instant startedAt() {
        return startedAt;
    }

    /** Lines so far; not to be changed. */
    public List<Turn> turns() {
        return turns;
    }

    /** The initiation message, without {@code type}. */
    public JsonObject clientData() {
        return clientData;
    }

    /** Custom dynamic variables as they stand now. */
    public JsonObject variables() {
        return variables;
    }

    /** Whether no audio is exchanged. */
    public boolean textOnly() {
        return textOnly;
    }

    /** The telephony leg of a native call. */
    public Optional<JsonObject> phoneCall() {
        return Optional.ofNullable(phoneCall);
    }

    /** The mind that led it; empty when it was refused at once. */
    public Optional<Brain> brain() {
        return Optional.ofNullable(brain);
    }

    /** {@code initiated | in-progress | processing | done | failed}. */
    public String status() {
        return status;
    }

    /** Why it ended; empty while it runs. */
    public String terminationReason() {
        return terminationReason;
    }

    /** {@code {code,reason}} of a failure. */
    public Optional<JsonObject> error() {
        return Optional.ofNullable(error);
    }

    /** Whether it is over. */
    public boolean ended() {
        return endedAt != null;
    }

    /** What {@code GET /_sim/conversations/{id}} answers. */
    public JsonObject inspect() {
        JsonArray transcript = new JsonArray();
        turns.forEach(turn -> transcript.add(new JsonObject()
                .put("role", turn.agent() ? "agent" : "user")
                .put("message", turn.message())
                .put("originalMessage", turn.originalMessage())
                .put("interrupted", turn.originalMessage() != null)
                .put("toolCalls", turn.toolCalls().copy())
                .put("toolResults", turn.toolResults().copy())));
        return inspectShortly()
                .put("clientData", clientData.copy())
                .put("variables", variables.copy())
                .put("transcript", transcript)
                .put("utterances", audioHeard.copy())
                .put("messages", messages.copy());
    }

    /** What {@code GET /_sim/conversations} lists. */
    public JsonObject inspectShortly() {
        return new JsonObject()
                .put("conversationId", id)
                .put("agentId", agentId)
                .put("agentName", agentName())
                .put("textOnly", textOnly)
                .put("status", status)
                .put("startedAt", startedAt.toString())
                .put("authorization", authorization)
                .put("leadId", Json.text(variables, "lead_id", ""))
                .put("turns", turns.size())
                .put("framesReceived", framesReceived)
                .put("audioBytesReceived", audioBytesReceived)
                .put("audioBytesSent", audioBytesSent)
                .put("terminationReason", terminationReason)
                .put("closeCode", closeCode == 0 ? null : closeCode);
    }
}
