package dev.throughline.simulator.elevenlabs.conversation;

import dev.throughline.simulator.elevenlabs.account.Answers;
import dev.throughline.simulator.elevenlabs.account.ApiError;
import dev.throughline.simulator.elevenlabs.account.Ids;
import dev.throughline.simulator.elevenlabs.account.Json;
import dev.throughline.simulator.elevenlabs.account.Workspace.Kind;
import dev.throughline.simulator.wire.FaultPlan.Fault;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Signed URLs and the conversation socket: who may open one, and for which agent. */
public final class ConversationRoutes {

    /** Path of the socket. */
    public static final String SOCKET_PATH = "/v1/convai/conversation";

    private final Services services;
    private final SignedUrls signatures;

    /** Serves with {@code services}. */
    public ConversationRoutes(Services services) {
        this.services = services;
        this.signatures = new SignedUrls(services.clock(), services.timing().signedUrlLife());
    }

    /** Mounts the signed-URL endpoints; these need the API key. */
    public void mount(Router router) {
        router.get(SOCKET_PATH + "/get-signed-url").handler(Answers.json(this::signedUrl));
        router.get(SOCKET_PATH + "/get_signed_url").handler(Answers.json(this::signedUrl));
    }

    /** Mounts the socket; this needs no API key. */
    public void mountSocket(Router router) {
        router.get(SOCKET_PATH).handler(this::upgrade);
    }

    private JsonObject signedUrl(RoutingContext context) {
        String agentId = String.join("", context.queryParam("agent_id"));
        if (agentId.isEmpty()) {
            throw ApiError.missing(new JsonObject(), "query", "agent_id");
        }
        services.workspace().get(Kind.AGENT, agentId);
        boolean single = context.queryParam("include_conversation_id").contains("true");
        String conversation = single ? Ids.fresh("conv") : "";
        String url = "ws://" + context.request().authority() + SOCKET_PATH + "?agent_id=" + encode(agentId)
                + (single ? "&conversation_id=" + conversation : "")
                + "&conversation_signature=" + signatures.issue(agentId, conversation);
        return new JsonObject().put("signed_url", url);
    }

    private void upgrade(RoutingContext context) {
        String agentId = String.join("", context.queryParam("agent_id"));
        String signature = String.join("", context.queryParam("conversation_signature"));
        Optional<Fault> refusal = services.faults().take("refuse-upgrade", "socket");
        if (refusal.isPresent()) {
            context.fail(ApiError.fault(refusal.get().options()));
            return;
        }
        context.request()
                .toWebSocket()
                .onSuccess(socket ->
                        open(socket, new SessionSocket(socket, context.request().connection()), agentId, signature));
    }

    private void open(ServerWebSocket socket, SessionSocket out, String agentId, String signature) {
        Optional<JsonObject> agent = services.workspace().find(Kind.AGENT, agentId);
        if (agent.isEmpty()) {
            reject(out, "The AI agent you are trying to reach does not exist.");
            return;
        }
        boolean closed = Json.isTrue(agent.get(), "platform_settings.auth.enable_auth");
        Optional<SignedUrls.Grant> grant = signature.isEmpty() ? Optional.empty() : signatures.use(signature, agentId);
        if (grant.isEmpty() && (closed || !signature.isEmpty())) {
            reject(
                    out,
                    signature.isEmpty()
                            ? "This agent requires a signed URL."
                            : "The signed URL is invalid or has expired.");
            return;
        }
        String conversationId = grant.map(SignedUrls.Grant::conversationId)
                .filter(id -> !id.isEmpty())
                .orElseGet(() -> Ids.fresh("conv"));
        ConversationRecord record = new ConversationRecord(
                conversationId, agentId, agent.get(), grant.isPresent() ? "signed_url" : "public", services.clock());
        services.conversations().add(record);
        ConversationSession session = new ConversationSession(services, record, out);
        socket.textMessageHandler(session::message);
        socket.binaryMessageHandler(bytes -> session.binary());
        socket.closeHandler(end -> session.closed(socket.closeStatusCode()));
        socket.exceptionHandler(failure -> session.closed(null));
    }

    private void reject(SessionSocket socket, String why) {
        services.violations().add("authentication", "", why);
        socket.close(1008, why);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
