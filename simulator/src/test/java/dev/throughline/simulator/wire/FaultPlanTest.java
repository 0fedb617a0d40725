package dev.throughline.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.simulator.wire.FaultPlan.Fault;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaultPlanTest {

    private final FaultPlan plan = new FaultPlan();

    @Test
    void shouldHitOnlyWhatMatchesAndOnlyAsOftenAsArmed() {
        plan.arm(Fault.from(
                new JsonObject().put("kind", "drop").put("match", "sms").put("count", 2)));

        assertThat(plan.take("drop", "voice")).isEmpty();
        assertThat(plan.take("delay", "sms")).isEmpty();
        assertThat(plan.take("drop", "sms")).isPresent();
        assertThat(plan.take("drop", Set.of("sms", "text"))).isPresent();
        assertThat(plan.take("drop", "sms")).isEmpty();
    }

    @Test
    void shouldMatchAnythingWithoutAMatch() {
        plan.arm(Fault.from(new JsonObject().put("kind", "drop")));

        assertThat(plan.take("drop", "whatever")).isPresent();
        assertThat(plan.toJson()).isEmpty();
    }
}
