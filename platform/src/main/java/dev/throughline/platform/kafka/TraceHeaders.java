package dev.throughline.platform.kafka;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** The W3C {@code traceparent} of a piece of work, as it travels in Kafka headers and outbox rows. */
public final class TraceHeaders {

    /** The header's name. */
    public static final String TRACEPARENT = "traceparent";

    private TraceHeaders() {}

    /** The current span's {@code traceparent}; empty outside of a trace. */
    public static Optional<String> current() {
        if (!Span.current().getSpanContext().isValid()) {
            return Optional.empty();
        }
        Map<String, String> carrier = new HashMap<>();
        W3CTraceContextPropagator.getInstance().inject(Context.current(), carrier, (map, name, value) -> {
            if (map != null) {
                map.put(name, value);
            }
        });
        return Optional.ofNullable(carrier.get(TRACEPARENT));
    }

    /**
     * Runs {@code work} in a span of its own that continues the trace of the record; its log lines and what it publishes carry that
     * trace. Only for work that ends when {@code work} returns.
     */
    public static void within(ConsumerRecord<String, byte[]> record, Runnable work) {
        Context parent = parent(record);
        Span span = process(record, parent).startSpan();
        try (Scope scope = parent.with(span).makeCurrent()) {
            work.run();
        } finally {
            span.end();
        }
    }

    /** Tells the record's trace, where somebody keeps it, that the batch it was in was processed between two moments. */
    static void processed(ConsumerRecord<String, byte[]> record, Instant from, Instant to) {
        if (isSampled(record.headers().lastHeader(TRACEPARENT))) {
            process(record, parent(record)).setStartTimestamp(from).startSpan().end(to);
        }
    }

    /** By the flag at the end of the header (W3C Trace Context §3.2.2.5), before anything is parsed: most records are of nobody's trace. */
    private static boolean isSampled(@Nullable Header traceparent) {
        byte[] value = traceparent == null ? null : traceparent.value();
        return value != null && value.length > 0 && (Character.digit(value[value.length - 1], 16) & 1) == 1;
    }

    private static Context parent(ConsumerRecord<String, byte[]> record) {
        return W3CTraceContextPropagator.getInstance()
                .extract(Context.root(), Records.headers(record), HeaderMap.INSTANCE);
    }

    private static SpanBuilder process(ConsumerRecord<String, byte[]> record, Context parent) {
        String type = Records.headers(record).getOrDefault("ce_type", "");
        return GlobalOpenTelemetry.getTracer("throughline")
                .spanBuilder("process " + record.topic())
                .setParent(parent)
                .setSpanKind(SpanKind.CONSUMER)
                .setAttribute("event.type", type);
    }

    private enum HeaderMap implements TextMapGetter<Map<String, String>> {
        INSTANCE;

        @Override
        public Iterable<String> keys(Map<String, String> headers) {
            return headers.keySet();
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> headers, String name) {
            return headers == null ? null : headers.get(name);
        }
    }
}
