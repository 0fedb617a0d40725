package dev.throughline.localstack.customer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.localstack.http.Polling;
import dev.throughline.localstack.provisioning.DemoTenant;
import dev.throughline.localstack.settings.SettingsException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** {@code ./dev call}: a simulated customer calls, and the terminal shows what happens as it happens. */
public final class CallCustomer {

    /** The script of the demo story. */
    public static final String DEFAULT_SCRIPT = "book-a-colouring";

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Set<String> OVER = Set.of("completed", "busy", "failed", "no-answer", "canceled");

    private final TwilioStandIn twilio;
    private final PrintStream out;

    /** @param standInUrl the Twilio stand-in's URL */
    public CallCustomer(String standInUrl, PrintStream out) {
        this.twilio = new TwilioStandIn(standInUrl);
        this.out = out;
    }

    /** Returns 0 when the call was completed without a problem the caller noticed. */
    public int call(Optional<String> script, Optional<Path> wav, Optional<String> from, Optional<String> to)
            throws IOException, InterruptedException {
        if (script.isPresent() && wav.isPresent()) {
            throw new SettingsException("Give --script or --wav, not both.");
        }
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("from", from.orElse(DemoTenant.CUSTOMER));
        request.put("to", to.orElse(DemoTenant.NUMBER));
        if (wav.isPresent()) {
            byte[] audio = WavFile.read(Files.readAllBytes(wav.get())).toMuLaw();
            request.put("audio", Base64.getEncoder().encodeToString(audio));
        } else {
            request.put("script", script.orElse(DEFAULT_SCRIPT));
        }
        String sid = twilio.call(request);
        out.println(request.get("from") + " calls " + request.get("to") + " (" + sid + ")");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> hangUpQuietly(sid)));
        int[] shown = new int[1];
        Optional<JsonNode> over = Polling.until(PATIENCE, () -> {
            JsonNode call = twilio.callState(sid);
            shown[0] = show(call.path("events"), shown[0], CallCustomer::event);
            return OVER.contains(status(call)) ? Optional.of(call) : Optional.empty();
        });
        if (over.isEmpty()) {
            out.println("The call has not ended within " + PATIENCE.toMinutes() + " minutes.");
            return 1;
        }
        JsonNode call = over.get();
        out.println("The caller heard:");
        show(call.path("heard"), 0, heard -> heard.path("text").asText("(not recognised)"));
        show(call.path("problems"), 0, problem -> "problem: " + problem.asText());
        out.println("The call ended: " + status(call));
        return status(call).equals("completed") && call.path("problems").isEmpty() ? 0 : 1;
    }

    /** Where a call stands, in Twilio's words. */
    public static String status(JsonNode call) {
        return call.path("status").asText(call.path("state").asText());
    }

    private int show(JsonNode items, int from, Function<JsonNode, String> words) {
        for (int i = from; i < items.size(); i++) {
            out.println("  " + words.apply(items.get(i)));
        }
        return Math.max(from, items.size());
    }

    private static String event(JsonNode event) {
        return (event.path("what").asText() + " " + event.path("detail").asText()).strip();
    }

    private void hangUpQuietly(String sid) {
        try {
            if (!OVER.contains(status(twilio.callState(sid)))) {
                twilio.hangUp(sid);
            }
        } catch (IOException e) {
            out.println("The call could not be hung up: " + e.getMessage());
        }
    }
}
