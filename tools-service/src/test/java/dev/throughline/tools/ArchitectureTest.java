package dev.throughline.tools;

import dev.throughline.platform.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void shouldKeepTheArchitecture() {
        ArchitectureRules.check("dev.throughline.tools");
    }
}
