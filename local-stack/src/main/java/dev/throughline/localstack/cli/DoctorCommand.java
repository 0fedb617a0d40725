package dev.throughline.localstack.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.localstack.settings.Settings;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;

/**
 * {@code ./dev doctor [--tenant ID]}: asks the running suite to examine its own set-up, and prints every fault with its cure. Exit status 0
 * without a fault, 1 otherwise.
 */
final class DoctorCommand {

    private DoctorCommand() {}

    static int run(Settings settings, Arguments arguments, PrintStream out) throws IOException {
        return shown(
                Installation.admin(settings)
                        .get("/api/tenants/" + Installation.tenant(settings, arguments) + "/doctor"),
                out);
    }

    static int shown(JsonNode report, PrintStream out) {
        int faults = 0;
        for (JsonNode check : report.path("checks")) {
            String status = check.path("status").asText();
            faults += status.equals("fault") ? 1 : 0;
            out.println(String.format(
                    Locale.ROOT, "  %-8s %s", status, check.path("title").asText()));
            if (!status.equals("ok")) {
                out.println("           found: " + check.path("found").asText());
                out.println("           cure:  " + check.path("cure").asText());
            }
        }
        out.println(faults == 0 ? "No fault." : faults == 1 ? "1 fault." : faults + " faults.");
        return faults == 0 ? 0 : 1;
    }
}
