package dev.throughline.localstack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** Neither provider would have rejected or silently ignored anything that was sent. Also reads the measured delays. */
final class NoViolations implements Step {

    @Override
    public String title() {
        return "Both providers would have accepted everything";
    }

    @Override
    public String play(Story story) throws NotSeen, IOException {
        JsonNode twilio = story.twilio.violations();
        JsonNode elevenLabs = story.elevenLabs.violations();
        if (!twilio.isEmpty() || !elevenLabs.isEmpty()) {
            throw new NotSeen("Twilio: " + twilio + ", ElevenLabs: " + elevenLabs);
        }
        JsonNode delays = story.elevenLabs.frameDelays();
        if (delays.path("count").asLong() == 0) {
            throw new NotSeen("no audio frame was measured");
        }
        story.measured("added delay of " + delays.path("count").asLong() + " audio frames: half of them below "
                + delays.path("p50").asText() + " ms, 99 % below "
                + delays.path("p99").asText() + " ms, the slowest "
                + delays.path("max").asText() + " ms");
        return "no violation reported by either";
    }
}
