package dev.throughline.context.postcall;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.throughline.events.EventJson;
import dev.throughline.platform.elevenlabs.ConvaiAnswer;
import dev.throughline.platform.elevenlabs.ConvaiClient;
import dev.throughline.platform.elevenlabs.ConvaiFailure;
import dev.throughline.platform.web.Problem;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import org.jboss.logging.Logger;

/**
 * Asks the provider for conversations of which no webhook told, and takes each as if it had come by one: the answer has the form of the
 * webhook's {@code data} (ElevenLabs, <i>Get conversation details</i>).
 */
@Singleton
class MissingConversations {

    private static final Logger LOG = Logger.getLogger(MissingConversations.class);

    private final ConvaiClient convai;
    private final ProviderPollStore store;
    private final PostCallIntake intake;
    private final PostCallConfig config;
    private final Clock clock;

    MissingConversations(
            ConvaiClient convai, ProviderPollStore store, PostCallIntake intake, PostCallConfig config, Clock clock) {
        this.convai = convai;
        this.store = store;
        this.intake = intake;
        this.config = config;
        this.clock = clock;
    }

    /** Asks for some that are due, one after the other. */
    Uni<Void> ask() {
        Instant now = clock.instant();
        return store.due(now, now.plus(config.pollAfter()))
                .chain(due -> Multi.createFrom()
                        .iterable(due)
                        .onItem()
                        .transformToUniAndConcatenate(one -> ask(one, now))
                        .collect()
                        .last())
                .replaceWithVoid();
    }

    private Uni<Void> ask(ProviderPollStore.Missing missing, Instant now) {
        String path = "/v1/convai/conversations/" + URLEncoder.encode(missing.conversationId(), StandardCharsets.UTF_8);
        return convai.get(path).chain(answer -> switch (answer) {
            case ConvaiAnswer.Success<JsonNode>(JsonNode conversation) -> answered(missing, conversation, now);
            case ConvaiAnswer.Failure<JsonNode> failure ->
                failure.reason() == ConvaiFailure.NOT_FOUND || isOld(missing, now)
                        ? store.settled(missing.conversationId())
                        : store.later(
                                missing.conversationId(),
                                now.plus(ProviderPollStore.pause(config.pollEvery(), missing.tries())));
        });
    }

    private Uni<Void> answered(ProviderPollStore.Missing missing, JsonNode conversation, Instant now) {
        String status = conversation.path("status").asText("");
        if (!status.equals("done") && !status.equals("failed")) {
            return isOld(missing, now)
                    ? store.settled(missing.conversationId())
                    : store.later(missing.conversationId(), now.plus(config.pollAfter()));
        }
        try {
            byte[] body = EventJson.mapper().writeValueAsBytes(webhook(conversation));
            PostCall postCall = PostCallParser.parse(body);
            LOG.infof("no webhook told of a conversation, conversationId=%s", missing.conversationId());
            return intake.take(postCall, body.length, body).chain(() -> store.settled(missing.conversationId()));
        } catch (Problem | JsonProcessingException unreadable) {
            LOG.warnf(
                    "a conversation cannot be read, conversationId=%s reason=%s",
                    missing.conversationId(), unreadable.getMessage());
            return store.settled(missing.conversationId());
        }
    }

    /** When it ended stands for when the webhook would have been made, so that asking twice is the same webhook. */
    private static ObjectNode webhook(JsonNode conversation) {
        JsonNode metadata = conversation.path("metadata");
        ObjectNode webhook = EventJson.mapper().createObjectNode();
        webhook.put("type", "post_call_transcription");
        webhook.put(
                "event_timestamp",
                metadata.path("start_time_unix_secs").asLong(0)
                        + metadata.path("call_duration_secs").asLong(0));
        webhook.set("data", conversation);
        return webhook;
    }

    private boolean isOld(ProviderPollStore.Missing missing, Instant now) {
        return missing.foundAt().plus(config.pollFor()).isBefore(now);
    }
}
