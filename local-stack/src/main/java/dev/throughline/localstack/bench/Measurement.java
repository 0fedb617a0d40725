package dev.throughline.localstack.bench;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One row.
 *
 * @param relay what stood between the two ends
 * @param calls calls at once
 * @param trouble what went wrong, empty when nothing did: calls that ended or never began
 * @param seconds the span of measurement
 * @param cpuMillis what the relaying process used in it, user and system time
 * @param toAgent caller to agent
 * @param toCaller agent to caller
 * @param residentBytes of the relaying process at the end of the span
 * @param residentBefore the same before the calls
 * @param liveMillis from the first call to the moment when all were live, -1 when they never were
 * @param latenessMillis how late the load generator itself was, 99th percentile: no delay below it says anything of the relay
 */
record Measurement(
        String relay,
        int calls,
        String trouble,
        double seconds,
        double cpuMillis,
        Direction toAgent,
        Direction toCaller,
        long residentBytes,
        long residentBefore,
        double liveMillis,
        double latenessMillis) {

    /**
     * One way.
     *
     * @param frames received in the span
     * @param lost sent and never received, since the calls began
     * @param outOfOrder received too late or twice, or damaged, since the calls began
     */
    record Direction(
            long frames,
            long lost,
            long outOfOrder,
            double p50Millis,
            double p99Millis,
            double p999Millis,
            double maxMillis) {

        /** @param during the figures of the span, {@code after} those when everything had arrived */
        static Direction of(JsonNode during, JsonNode after) {
            return new Direction(
                    during.path("frames").asLong(),
                    after.path("lost").asLong(),
                    after.path("outOfOrder").asLong(),
                    during.path("p50Millis").asDouble(),
                    during.path("p99Millis").asDouble(),
                    during.path("p999Millis").asDouble(),
                    during.path("maxMillis").asDouble());
        }
    }

    long frames() {
        return toAgent.frames() + toCaller.frames();
    }

    double framesPerSecond() {
        return frames() / seconds;
    }

    double cpuMicrosPerFrame() {
        return frames() == 0 ? 0 : cpuMillis * 1_000 / frames();
    }

    /** Percent of one core, for all calls. */
    double corePercent() {
        return cpuMillis / seconds / 10;
    }

    long lost() {
        return toAgent.lost() + toCaller.lost();
    }

    long outOfOrder() {
        return toAgent.outOfOrder() + toCaller.outOfOrder();
    }

    /** The slower direction. */
    double worstP99Millis() {
        return Math.max(toAgent.p99Millis(), toCaller.p99Millis());
    }

    double residentKibPerCall() {
        return (residentBytes - residentBefore) / 1_024.0 / calls;
    }
}
