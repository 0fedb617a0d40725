package dev.throughline.localstack.cli;

import dev.throughline.localstack.http.JsonHttp;
import dev.throughline.localstack.settings.Settings;
import dev.throughline.localstack.stack.StackInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a person can try once everything is up. */
final class NextSteps {

    private NextSteps() {}

    static List<String> of(Settings settings, StackInfo stack) throws IOException {
        List<String> lines = new ArrayList<>(List.of("", "What to try next, in another terminal:"));
        if (settings.standInForTwilio()) {
            String token = TokenCommand.token(settings, new Arguments(Map.of(), List.of()));
            lines.add("  ./dev demo                 the whole story, narrated");
            lines.add("  ./dev text \"Do you have time for a colouring on Tuesday?\"");
            lines.add("  ./dev call                 a simulated customer calls");
            lines.add(
                    "  ./dev token                an operator token, for curl -H \"Authorization: Bearer $(./dev token)\"");
            lines.add("  ./dev logs, ./dev status   what the parts do");
            lines.add("The console: " + stack.url() + "/sign-in#token=" + token);
            lines.add("The salon's own page, with the chat: " + stack.url() + "/widget-demo?key="
                    + chatKey(stack, token));
        } else {
            lines.add("  ./dev token --role admin   a token that may create tenants: POST " + stack.url()
                    + "/api/tenants");
            lines.add("  ./dev logs, ./dev status   what the parts do");
            lines.add("Webhooks and streams are signed for " + stack.appBaseUrl() + " and arrive at " + stack.url()
                    + ".");
            lines.add("Generated credentials, where none were given: "
                    + settings.directories().home().resolve("secrets.env"));
        }
        lines.add("Ctrl-C stops all of it; the data stay. ./dev reset clears them.");
        return lines;
    }

    private static String chatKey(StackInfo stack, String token) throws IOException {
        return JsonHttp.bearing(stack.url(), token)
                .get("/api/tenants")
                .path(0)
                .path("settings")
                .path("widget")
                .path("key")
                .asText();
    }
}
