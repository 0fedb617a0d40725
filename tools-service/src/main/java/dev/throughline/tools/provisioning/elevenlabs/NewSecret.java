package dev.throughline.tools.provisioning.elevenlabs;

import java.util.function.BinaryOperator;

/** How a new tool secret comes into being. */
@FunctionalInterface
public interface NewSecret {

    /**
     * Makes one, has it stored under a name, and then makes it the tenant's.
     *
     * @param store takes the name and the value, returns ElevenLabs' id
     * @return that id
     */
    String make(BinaryOperator<String> store);
}
