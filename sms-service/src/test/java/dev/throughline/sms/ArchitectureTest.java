package dev.throughline.sms;

import dev.throughline.platform.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void shouldKeepTheRulesOfTheHouse() {
        ArchitectureRules.check("dev.throughline.sms");
    }
}
