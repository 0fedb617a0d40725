package dev.throughline.mediabridge.flight;

import dev.throughline.events.CallFlight;
import dev.throughline.platform.kafka.TraceHeaders;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call as a trace: one span from the upgrade to the end, a child for each step of its set-up and an event for each answer, with the
 * same numbers as {@code call.quality}. Made at the end, from the record, so that nothing is kept for it while the call lasts. Continues
 * the trace of the webhook where the token carries one.
 */
@Singleton
public final class CallTraces {

    /** Whose trace it is; no number, no text. */
    public record Ids(
            String callSid,
            @Nullable String conversationId,
            @Nullable String traceparent) {}

    private record Step(String name, long millis) {}

    private final Tracer tracer;

    CallTraces(Tracer tracer) {
        this.tracer = tracer;
    }

    /**
     * Records a call.
     *
     * @param cause why it ended, one word
     * @param failed whether that was not as it should be
     */
    public void record(Ids ids, CallFlight flight, Instant upgradedAt, Instant endedAt, String cause, boolean failed) {
        Instant begin = upgradedAt.minusMillis(before(flight.setup()));
        Span call = tracer.spanBuilder("call")
                .setParent(parent(ids.traceparent()))
                .setSpanKind(SpanKind.SERVER)
                .setStartTimestamp(begin)
                .setAttribute("call.id", ids.callSid())
                .setAttribute("call.cause", cause)
                .setAttribute("call.reopened", flight.reopened())
                .setAttribute("call.gaps", flight.gaps())
                .setAttribute("call.late_frames", flight.lateFrames())
                .setAttribute("call.carrier_close_code", flight.carrierCloseCode())
                .startSpan();
        if (ids.conversationId() != null) {
            call.setAttribute("conversation.id", ids.conversationId());
        }
        Integer agentCode = flight.agentCloseCode();
        if (agentCode != null) {
            call.setAttribute("call.agent_close_code", agentCode);
        }
        setup(call, flight.setup(), begin);
        flight.turns().forEach(turn -> answer(call, turn, upgradedAt));
        if (failed) {
            call.setStatus(StatusCode.ERROR, cause);
        }
        call.end(endedAt);
    }

    /** The steps follow each other; one that did not happen ends the row. */
    private void setup(Span call, CallFlight.Setup setup, Instant begin) {
        List<Step> steps = List.of(
                new Step("webhook", Math.max(0, setup.webhookMillis())),
                new Step("connect", Math.max(0, setup.connectMillis())),
                new Step("start", setup.startMillis()),
                new Step("agent", setup.agentMillis()),
                new Step("first-audio", setup.firstAudioMillis()));
        Instant at = begin;
        for (Step step : steps) {
            if (step.millis() < 0) {
                return;
            }
            Span span = tracer.spanBuilder("setup " + step.name())
                    .setParent(Context.root().with(call))
                    .setStartTimestamp(at)
                    .startSpan();
            at = at.plusMillis(step.millis());
            span.end(at);
        }
    }

    private static void answer(Span call, CallFlight.Turn turn, Instant upgradedAt) {
        call.addEvent(
                "answer",
                Attributes.builder()
                        .put(AttributeKey.longKey("transcript_ms"), turn.transcriptMillis())
                        .put(AttributeKey.longKey("agent_text_ms"), turn.agentTextMillis())
                        .put(AttributeKey.longKey("audio_in_ms"), turn.audioInMillis())
                        .put(AttributeKey.longKey("audio_out_ms"), turn.audioOutMillis())
                        .put(AttributeKey.longKey("response_ms"), turn.responseMillis())
                        .put(AttributeKey.booleanKey("interrupted"), turn.interrupted())
                        .build(),
                upgradedAt.plusMillis(turn.atMillis() + turn.responseMillis()));
    }

    private static long before(CallFlight.Setup setup) {
        return Math.max(0, setup.webhookMillis()) + Math.max(0, setup.connectMillis());
    }

    private static Context parent(@Nullable String traceparent) {
        return traceparent == null
                ? Context.root()
                : W3CTraceContextPropagator.getInstance().extract(Context.root(), traceparent, Parent.INSTANCE);
    }

    /** A carrier of one header. */
    private enum Parent implements TextMapGetter<String> {
        INSTANCE;

        @Override
        public Iterable<String> keys(String carrier) {
            return List.of(TraceHeaders.TRACEPARENT);
        }

        @Override
        public @Nullable String get(@Nullable String carrier, String key) {
            return key.equals(TraceHeaders.TRACEPARENT) ? carrier : null;
        }
    }
}
