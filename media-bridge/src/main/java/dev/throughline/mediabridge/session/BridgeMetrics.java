package dev.throughline.mediabridge.session;

import dev.throughline.mediabridge.ending.DisconnectCause;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;

/**
 * The bridge's streams in numbers; a call's times are {@code flight.FlightMetrics}. No tag names a call, a lead or a tenant. In Prometheus:
 *
 * <ul>
 *   <li>{@code throughline_bridge_calls_active}: streams that have a place, now
 *   <li>{@code throughline_bridge_upgrades_refused_total{reason}}: signature, no-place, opening- and a cause
 *   <li>{@code throughline_bridge_streams_ended_total{cause}}: {@link DisconnectCause#tag}
 *   <li>{@code throughline_bridge_frames_dropped_total{where}}: audio for which there was no room: waiting-for-agent, to-agent, to-caller
 *       ({@link Dropped})
 *   <li>{@code throughline_bridge_frames_voided_total}: agent audio that came after the caller had cut in
 *   <li>{@code throughline_bridge_frames_malformed_total{problem}}: messages that could not be read or were not this stream's
 *   <li>{@code throughline_bridge_format_mismatches_total{announced,heard}}: conversations whose audio is not what it was announced as
 * </ul>
 */
@Singleton
final class BridgeMetrics {

    private final MeterRegistry metrics;
    private final Counter voided;
    private final Counter droppedWaiting;
    private final Counter droppedToAgent;
    private final Counter droppedToCaller;
    private final Map<DisconnectCause, Counter> ended = new EnumMap<>(DisconnectCause.class);

    BridgeMetrics(MeterRegistry metrics, SessionRegistry sessions) {
        this.metrics = metrics;
        metrics.gauge("throughline.bridge.calls.active", sessions, SessionRegistry::active);
        this.voided = metrics.counter("throughline.bridge.frames.voided");
        this.droppedWaiting = dropped("waiting-for-agent");
        this.droppedToAgent = dropped("to-agent");
        this.droppedToCaller = dropped("to-caller");
        for (DisconnectCause cause : DisconnectCause.values()) {
            ended.put(cause, metrics.counter("throughline.bridge.streams.ended", "cause", cause.tag()));
        }
    }

    /** An upgrade was refused; {@code reason} from a fixed set. */
    void refused(String reason) {
        metrics.counter("throughline.bridge.upgrades.refused", "reason", reason).increment();
    }

    void voided() {
        voided.increment();
    }

    /** A message could not be used; {@code problem} from a fixed set. */
    void malformed(String problem) {
        metrics.counter("throughline.bridge.frames.malformed", "problem", problem.replace(' ', '-'))
                .increment();
    }

    /** The agent's audio is not what it announced; both from a fixed set. */
    void mismatch(String announced, String heard) {
        metrics.counter(
                        "throughline.bridge.format.mismatches",
                        "announced",
                        announced,
                        "heard",
                        heard.replace(' ', '-'))
                .increment();
    }

    void ended(DisconnectCause cause, Dropped frames) {
        ended.get(cause).increment();
        droppedWaiting.increment((double) frames.waiting());
        droppedToAgent.increment((double) frames.toAgent());
        droppedToCaller.increment((double) frames.toCaller());
    }

    private Counter dropped(String where) {
        return metrics.counter("throughline.bridge.frames.dropped", "where", where);
    }
}
