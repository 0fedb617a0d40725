package dev.throughline.telephony.failure;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** An installation that was given nothing of ElevenLabs. */
public class WithoutCredentials implements QuarkusTestResourceLifecycleManager {

    /** After the resource that gives them. */
    private static final int LAST = 100;

    @Override
    public int order() {
        return LAST;
    }

    @Override
    public Map<String, String> start() {
        return Map.of("throughline.elevenlabs.api-key", "", "throughline.elevenlabs.agent-id", "");
    }

    @Override
    public void stop() {
        // Nothing is held.
    }
}
