package dev.throughline.telephony.failure;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** An installation with credentials of ElevenLabs, without an agent for tenants that name none; and which cannot mint tokens. */
public class WithoutDefaultAgent implements QuarkusTestResourceLifecycleManager {

    /** After the resource that gives them. */
    private static final int LAST = 100;

    @Override
    public int order() {
        return LAST;
    }

    @Override
    public Map<String, String> start() {
        return Map.of("throughline.elevenlabs.agent-id", "", "throughline.internal.secret", "too short");
    }

    @Override
    public void stop() {
        // Nothing is held.
    }
}
