package dev.throughline.tools.provisioning;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.events.tenant.TextSettings;
import dev.throughline.platform.testing.TestTenants;
import dev.throughline.tools.invocation.Parameter;
import dev.throughline.tools.invocation.ToolSpec;
import java.util.List;
import java.util.UUID;

/** A tenant with everything provisioning knows: agents, a number and a further one, a messaging service. */
final class Examples {

    static final UUID TENANT = UUID.fromString("7f1c0000-0000-4000-8000-000000000001");
    static final String BASE = "https://voice.example.test";

    private Examples() {}

    static Setup setup() {
        Tenant salon = TestTenants.salon(TENANT, "+12025550100", "secret");
        TextSettings texts = new TextSettings(
                null,
                null,
                null,
                "MG00000000000000000000000000000001",
                List.of("+12025550101", "12345"),
                null,
                null,
                TextSettings.OnFailure.NOTHING,
                null);
        return setup(salon.with(null, salon.settings().with(texts)));
    }

    static Setup setup(Tenant tenant) {
        return new Setup(
                tenant,
                BASE,
                tools(),
                "voice_example_1",
                "throughline_" + tenant.id() + "_0123456789abcdef",
                null,
                true,
                true);
    }

    private static List<ToolSpec> tools() {
        return List.of(
                new ToolSpec(
                        List.of("book_appointment", "create_appointment"),
                        "Book a time.",
                        false,
                        List.of(
                                new ToolSpec.Declared(Parameter.SERVICE, true, "The service"),
                                new ToolSpec.Declared(Parameter.NOTES, false, "Notes"))),
                new ToolSpec(List.of("transfer_to_human"), "Ring a human.", true, List.of()));
    }
}
