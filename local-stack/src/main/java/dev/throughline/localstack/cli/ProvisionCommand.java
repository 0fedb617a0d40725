package dev.throughline.localstack.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.localstack.provisioning.TenantSetup;
import dev.throughline.localstack.settings.Settings;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * {@code ./dev provision [--tenant ID] [--yes] [--rotate-secret]}: shows what would be made or changed at the providers, asks, does it and
 * tells of every step. Exit status 0 when everything is as it shall be, 1 when a step failed, 2 when nobody said yes.
 */
final class ProvisionCommand {

    private static final Set<String> EVERYWHERE = Set.of("ElevenLabs", "Twilio");

    private ProvisionCommand() {}

    static int run(Settings settings, Arguments arguments, PrintStream out) throws IOException {
        TenantSetup setup = new TenantSetup(Installation.admin(settings), settings.webhookSecretFile());
        UUID tenant = Installation.tenant(settings, arguments);
        boolean rotate = arguments.option("rotate-secret").isPresent();
        boolean yes = arguments.option("yes").isPresent();
        return run(setup, tenant, rotate, yes ? () -> true : () -> confirmed(out), out);
    }

    static int run(TenantSetup setup, UUID tenant, boolean rotate, BooleanSupplier confirmed, PrintStream out)
            throws IOException {
        JsonNode plan = setup.plan(tenant);
        int changes = shown(plan, out);
        if (changes == 0 && !rotate) {
            out.println("Nothing to do.");
            return 0;
        }
        if (rotate) {
            out.println("The agents get a new tool secret; the old one stays valid for the overlap.");
        }
        if (!confirmed.getAsBoolean()) {
            out.println("Nothing was changed.");
            return 2;
        }
        JsonNode done = setup.apply(tenant, EVERYWHERE, rotate);
        done.path("steps")
                .valueStream()
                .filter(step -> !step.path("outcome").asText().equals("unchanged"))
                .forEach(step -> out.println("  " + padded(step.path("outcome").asText(), 10) + named(step)
                        + problem(step.path("problem").asText(""))));
        if (done.has("sealedWebhookSecret")) {
            out.println(
                    "The secret of the post-call webhook is in the file the services read; other installations are given it as"
                            + " ELEVENLABS_WEBHOOK_SECRET or by a file of theirs.");
        }
        return TenantSetup.failures(done).isEmpty() ? 0 : 1;
    }

    /** Prints the plan; returns how many steps change something. */
    private static int shown(JsonNode plan, PrintStream out) {
        int changes = 0;
        int same = 0;
        for (JsonNode step : plan.path("steps")) {
            if (step.path("action").asText().equals("none")) {
                same++;
                continue;
            }
            changes++;
            out.println("  " + padded(step.path("action").asText(), 10) + named(step));
            step.path("differences").forEach(line -> out.println("              " + line.asText()));
        }
        if (same > 0) {
            out.println("  " + same + (same == 1 ? " thing is" : " things are") + " as wanted.");
        }
        plan.path("notes").forEach(note -> out.println("  Note: " + note.asText()));
        return changes;
    }

    private static boolean confirmed(PrintStream out) {
        if (System.console() == null) {
            out.println("Say --yes to do it.");
            return false;
        }
        String answer = System.console().readLine("Do it? [y/N] ");
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }

    private static String named(JsonNode step) {
        return padded(step.path("target").asText(), 13) + step.path("what").asText();
    }

    private static String problem(String problem) {
        return problem.isEmpty() ? "" : ": " + problem;
    }

    private static String padded(String text, int width) {
        return String.format(Locale.ROOT, "%-" + width + "s", text);
    }
}
