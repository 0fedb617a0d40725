package dev.throughline.localstack.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.localstack.http.JsonHttp;
import dev.throughline.localstack.parts.ServiceModule;
import dev.throughline.localstack.settings.Settings;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;

/**
 * {@code ./dev doctor [--tenant ID]}: asks the running suite to examine its own set-up, and prints every fault with its cure, and
 * why the latest webhooks were refused. Exit status 0 without a fault, 1 otherwise.
 */
final class DoctorCommand {

    private static final int MOST_REFUSALS = 3;

    private DoctorCommand() {}

    static int run(Settings settings, Arguments arguments, PrintStream out) throws IOException {
        JsonHttp admin = Installation.admin(settings);
        int status = shown(admin.get("/api/tenants/" + Installation.tenant(settings, arguments) + "/doctor"), out);
        for (ServiceModule service : ServiceModule.values()) {
            refused(service.module(), admin, out);
        }
        return status;
    }

    /** Webhooks that were refused are told of and are no fault: strangers knock at every door. */
    private static void refused(String service, JsonHttp admin, PrintStream out) {
        try {
            shownRefusals(service, admin.get("/api/check/" + service + "/rejections"), out);
        } catch (IOException away) {
            out.println("  " + service + " did not say what it refused: " + away.getMessage());
        }
    }

    static void shownRefusals(String service, JsonNode rejections, PrintStream out) {
        int shown = Math.min(rejections.size(), MOST_REFUSALS);
        if (shown > 0) {
            out.println("Refused by " + service + ", the latest " + shown + " of " + rejections.size() + ":");
        }
        for (int i = 0; i < shown; i++) {
            JsonNode one = rejections.path(i);
            out.println("  " + one.path("at").asText() + "  "
                    + one.path("provider").asText() + "  " + one.path("found").asText());
            out.println("           seen:   " + one.path("seen").asText());
            if (one.has("signed")) {
                out.println("           signed: " + one.path("signed").asText());
            }
            one.path("headers")
                    .properties()
                    .forEach(header -> out.println("           " + header.getKey() + ": "
                            + header.getValue().asText()));
            out.println("           cure:   " + one.path("cure").asText());
        }
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
