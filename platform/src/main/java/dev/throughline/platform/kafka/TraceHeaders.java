package dev.throughline.platform.kafka;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

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
}
