package dev.throughline.platform.elevenlabs;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * ElevenLabs' Agents REST API. Requests are made on the event loop, never fail and always end within their time-out; the
 * {@link ConvaiAnswer} says what happened. What only reads is asked up to three times; a POST or PATCH exactly once.
 */
@Singleton
public final class ConvaiClient {

    private static final int PAGE_SIZE = 100;
    private static final int MOST_PAGES = 5;

    private final ElevenLabsConfig config;
    private final ConvaiTransport transport;

    @Inject
    ConvaiClient(ElevenLabsConfig config, Vertx vertx) {
        this.config = config;
        this.transport = new ConvaiTransport(config, vertx);
    }

    /** Whether there is an API key. Without one every request answers {@link ConvaiFailure#NOT_CONFIGURED}. */
    public boolean isConfigured() {
        return transport.apiKey().isPresent();
    }

    /** The agent of tenants that name none. */
    public Optional<String> defaultAgentId() {
        return config.agentId().filter(id -> !id.isBlank());
    }

    /**
     * A URL that opens one conversation with the agent, valid for 15 minutes: fetch one per conversation, never keep it. Two retries
     * of transient failures within {@code throughline.elevenlabs.signed-url-timeout} altogether.
     */
    public Uni<ConvaiAnswer<String>> signedUrl(String agentId) {
        return signedUrl(agentId, "");
    }

    /**
     * As {@link #signedUrl}, for one conversation only, whose id stands in the URL's query as {@code conversation_id}: for those who must
     * not choose what is theirs (ElevenLabs, <i>Get signed URL</i>).
     */
    public Uni<ConvaiAnswer<String>> singleUseUrl(String agentId) {
        return signedUrl(agentId, "&include_conversation_id=true");
    }

    private Uni<ConvaiAnswer<String>> signedUrl(String agentId, String more) {
        String path = "/v1/convai/conversation/get-signed-url?agent_id=" + encoded(agentId) + more;
        return transport.retried(() -> get(path).map(ConvaiReplies::signedUrl), config.signedUrlTimeout());
    }

    /**
     * Has ElevenLabs call somebody (ElevenLabs, <i>Twilio outbound call</i>). Asked once: where the answer
     * {@linkplain ConvaiFailure#mayHaveHappened() may hide a call}, look it up with {@link #conversations} instead of repeating it.
     */
    public Uni<ConvaiAnswer<PlacedCall>> outboundCall(OutboundCall call) {
        return transport
                .json(
                        HttpMethod.POST,
                        "/v1/convai/twilio/outbound-call",
                        ConvaiRequests.outboundCall(call),
                        config.outboundCallTimeout())
                .map(ConvaiReplies::placedCall);
    }

    /**
     * Registers a call that Twilio is asking us about, so that ElevenLabs takes its audio (ElevenLabs, <i>Register Twilio calls</i>).
     * Asked once, within {@code throughline.elevenlabs.request-timeout}.
     *
     * @return TwiML for Twilio, unchanged; checked to be XML with the root {@code Response}, else {@link ConvaiFailure#UNREADABLE}
     */
    public Uni<ConvaiAnswer<String>> registerCall(RegisterCall call) {
        return transport
                .reply(
                        HttpMethod.POST,
                        "/v1/convai/twilio/register-call",
                        ConvaiRequests.registerCall(call),
                        config.requestTimeout())
                .map(ConvaiReplies::twiml);
    }

    /** The phone numbers imported for an agent. */
    public Uni<ConvaiAnswer<List<AgentNumber>>> phoneNumbers(String agentId) {
        String path = "/v1/convai/phone-numbers?agent_id=" + encoded(agentId);
        return transport.retried(() -> get(path).map(ConvaiReplies::phoneNumbers), config.readTimeout());
    }

    /**
     * The agent's conversations that began in a period, both ends to the second and inclusive; at most {@value #MOST_PAGES} pages of
     * {@value #PAGE_SIZE}.
     */
    public Uni<ConvaiAnswer<List<ConversationSummary>>> conversations(String agentId, Instant from, Instant to) {
        String path = "/v1/convai/conversations?agent_id=" + encoded(agentId)
                + "&call_start_after_unix=" + (from.getEpochSecond() - 1)
                + "&call_start_before_unix=" + (to.getEpochSecond() + 1)
                + "&page_size=" + PAGE_SIZE;
        return page(path, null, MOST_PAGES, List.of());
    }

    /** One conversation, with the variables it was begun with. */
    public Uni<ConvaiAnswer<ConversationDetail>> conversation(String conversationId) {
        String path = "/v1/convai/conversations/" + encoded(conversationId);
        return transport.retried(() -> get(path).map(ConvaiReplies::conversation), config.readTimeout());
    }

    /** One GET. {@code pathAndQuery} begins with {@code /v1/…} and is already encoded. */
    public Uni<ConvaiAnswer<JsonNode>> get(String pathAndQuery) {
        return transport.json(HttpMethod.GET, pathAndQuery, null, config.requestTimeout());
    }

    /** One POST of a JSON body, one attempt. */
    public Uni<ConvaiAnswer<JsonNode>> post(String pathAndQuery, JsonNode body) {
        return transport.json(HttpMethod.POST, pathAndQuery, body, config.requestTimeout());
    }

    /** One PATCH of a JSON body, one attempt. */
    public Uni<ConvaiAnswer<JsonNode>> patch(String pathAndQuery, JsonNode body) {
        return transport.json(HttpMethod.PATCH, pathAndQuery, body, config.requestTimeout());
    }

    /** One DELETE, one attempt. */
    public Uni<ConvaiAnswer<JsonNode>> delete(String pathAndQuery) {
        return transport.json(HttpMethod.DELETE, pathAndQuery, null, config.requestTimeout());
    }

    @PreDestroy
    void close() {
        transport.close();
    }

    private Uni<ConvaiAnswer<List<ConversationSummary>>> page(
            String path, @Nullable String cursor, int pagesLeft, List<ConversationSummary> before) {
        String address = cursor == null ? path : path + "&cursor=" + encoded(cursor);
        return transport
                .retried(() -> get(address).map(ConvaiReplies::conversations), config.readTimeout())
                .chain(answer -> switch (answer) {
                    case ConvaiAnswer.Failure<ConvaiReplies.Page> failure ->
                        Uni.createFrom().item(failure.as());
                    case ConvaiAnswer.Success<ConvaiReplies.Page>(ConvaiReplies.Page page) -> {
                        List<ConversationSummary> all = new ArrayList<>(before);
                        all.addAll(page.conversations());
                        yield page.nextCursor() == null || pagesLeft == 1
                                ? Uni.createFrom().item(new ConvaiAnswer.Success<>(List.copyOf(all)))
                                : page(path, page.nextCursor(), pagesLeft - 1, all);
                    }
                });
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
