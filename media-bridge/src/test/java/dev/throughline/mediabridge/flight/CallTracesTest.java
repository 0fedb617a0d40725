package dev.throughline.mediabridge.flight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.events.CallFlight;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallTracesTest {

    private static final Instant UPGRADE = Instant.parse("2026-11-24T15:00:00Z");
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final List<SpanData> spans = new ArrayList<>();
    private final CallTraces traces = new CallTraces(SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(new Collected()))
            .build()
            .get("test"));

    @Test
    void shouldTellTheSameAsTheRecord() {
        CallFlight flight = new CallFlight(
                new CallFlight.Setup(10, 200, 30, 40, 50, 330),
                List.of(new CallFlight.Turn(1_000, 250, 350, 100, 2, 702, false)),
                0,
                1,
                80,
                3,
                1000,
                1000,
                List.of());
        traces.record(
                new CallTraces.Ids("CA1", "conv_1", "00-" + TRACE + "-00f067aa0ba902b7-01"),
                flight,
                UPGRADE,
                UPGRADE.plusSeconds(60),
                "caller-left",
                false);

        SpanData call = named("call");
        assertThat(call.getTraceId()).isEqualTo(TRACE);
        assertThat(call.getParentSpanId()).isEqualTo("00f067aa0ba902b7");
        assertThat(call.getStartEpochNanos()).isEqualTo(nanos(UPGRADE.minusMillis(210)));
        assertThat(call.getEvents()).singleElement().satisfies(answer -> assertThat(answer.getEpochNanos())
                .isEqualTo(nanos(UPGRADE.plusMillis(1_702))));
        assertThat(spans)
                .extracting(SpanData::getName)
                .containsExactly(
                        "setup webhook", "setup connect", "setup start", "setup agent", "setup first-audio", "call");
        assertThat(spans.subList(0, 5)).allMatch(step -> step.getParentSpanId().equals(call.getSpanId()));
        assertThat(named("setup first-audio").getEndEpochNanos()).isEqualTo(nanos(UPGRADE.plusMillis(120)));
    }

    @Test
    void shouldEndTheRowAtTheStepThatDidNotHappen() {
        CallFlight flight = new CallFlight(
                new CallFlight.Setup(-1, -1, 30, -1, -1, -1), List.of(), 0, 0, 0, 0, 1011, null, List.of());
        traces.record(
                new CallTraces.Ids("CA1", null, null),
                flight,
                UPGRADE,
                UPGRADE.plusSeconds(1),
                "agent-unreachable",
                true);

        assertThat(spans)
                .extracting(SpanData::getName)
                .containsExactly("setup webhook", "setup connect", "setup start", "call");
        assertThat(named("call").getStatus().getDescription()).isEqualTo("agent-unreachable");
    }

    private SpanData named(String name) {
        return spans.stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static long nanos(Instant instant) {
        return instant.toEpochMilli() * 1_000_000;
    }

    private final class Collected implements SpanExporter {
        @Override
        public CompletableResultCode export(Collection<SpanData> ended) {
            spans.addAll(ended);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
