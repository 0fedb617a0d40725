package dev.throughline.mediabridge.events;

import dev.throughline.events.CallEvent;
import dev.throughline.events.Channel;
import dev.throughline.events.ChannelEvent;
import dev.throughline.events.ConversationEvent;
import dev.throughline.events.EventIds;
import dev.throughline.events.RecordedEvent;
import dev.throughline.platform.kafka.EventPublisher;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * What the bridge says on {@code channel-events-v1}. Publishing is done in the background; a failure is counted and logged, never told
 * to the call, because {@code conversation.analysed} repairs the history.
 */
@Singleton
public final class BridgeEvents {

    /** {@code ce_source} of every event of this service. */
    public static final String SOURCE = "media-bridge";

    private static final Logger LOG = Logger.getLogger(BridgeEvents.class);

    /** Whose call it is. */
    public record Call(String callId, UUID tenantId, UUID leadId) {}

    private final EventPublisher publisher;
    private final Counter lost;

    BridgeEvents(EventPublisher publisher, MeterRegistry metrics) {
        this.publisher = publisher;
        this.lost = Counter.builder("throughline.bridge.events.lost")
                .description("Events that Kafka did not take in time")
                .register(metrics);
    }

    /** A conversation began. */
    public void started(Call call, String conversationId, String agentId, Instant now) {
        publish(
                call,
                EventIds.of("conversation.started", conversationId),
                now,
                new ConversationEvent.Started(conversationId, Channel.VOICE, agentId, call.callId()));
    }

    /** A conversation ended; {@code reason} in the provider's words, or ours. */
    public void ended(Call call, String conversationId, String reason, Instant now) {
        publish(
                call,
                EventIds.of("conversation.ended", conversationId),
                now,
                new ConversationEvent.Ended(conversationId, Channel.VOICE, reason));
    }

    /** A turn is final. */
    public void turn(Call call, String conversationId, Utterance turn) {
        publish(
                call,
                EventIds.of("call.turn", conversationId, turn.turn()),
                turn.at(),
                new CallEvent.Turn(
                        call.callId(), conversationId, turn.turn(), turn.speaker(), turn.text(), turn.interrupted()));
    }

    /** The flight record; one per stream, because a call that is taken up again has two. */
    public void quality(Call call, String streamSid, CallEvent.Quality quality, Instant now) {
        publish(call, EventIds.of("call.quality", call.callId(), streamSid), now, quality);
    }

    private void publish(Call call, UUID id, Instant time, ChannelEvent event) {
        RecordedEvent recorded = new RecordedEvent(id, time, SOURCE, call.tenantId(), call.leadId(), event);
        publisher.publish(recorded).subscribe().with(ignored -> {}, failure -> {
            lost.increment();
            LOG.warnf(
                    "event not published, type=%s callId=%s reason=%s",
                    recorded.type(), call.callId(), failure.getMessage());
        });
    }
}
