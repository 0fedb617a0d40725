package dev.throughline.localstack.customer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.localstack.http.Polling;
import dev.throughline.localstack.provisioning.DemoTenant;
import dev.throughline.localstack.settings.SettingsException;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code ./dev text}: sends a text to the tenant's number and waits for what comes back. */
public final class TextCustomer {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TwilioStandIn twilio;
    private final PrintStream out;

    /** @param standInUrl the Twilio stand-in's URL */
    public TextCustomer(String standInUrl, PrintStream out) {
        this.twilio = new TwilioStandIn(standInUrl);
        this.out = out;
    }

    /** Returns 0 when an answer came, 1 when none came in time. */
    public int text(String body, Optional<String> from, Optional<String> to) throws IOException, InterruptedException {
        if (body.isBlank()) {
            throw new SettingsException("Say what to text: ./dev text \"Do you have time on Tuesday?\"");
        }
        String customer = from.orElse(DemoTenant.CUSTOMER);
        String business = to.orElse(DemoTenant.NUMBER);
        Set<String> before = new HashSet<>();
        twilio.messages(customer).forEach(message -> before.add(sid(message)));
        out.println(customer + " → " + business + ": " + body);
        before.add(twilio.text(customer, business, body));
        Optional<List<JsonNode>> answers = Polling.until(PATIENCE, () -> {
            List<JsonNode> fresh = twilio.messages(customer).stream()
                    .filter(message -> !before.contains(sid(message)))
                    .filter(message -> message.path("from").asText().equals(business))
                    .toList();
            return fresh.isEmpty() ? Optional.empty() : Optional.of(fresh);
        });
        if (answers.isEmpty()) {
            out.println("No answer within " + PATIENCE.toSeconds() + " seconds; ./dev logs sms-service may say why.");
            return 1;
        }
        answers.get()
                .forEach(message -> out.println(business + " → " + customer + ": "
                        + message.path("body").asText()));
        return 0;
    }

    private static String sid(JsonNode message) {
        return message.path("messageSid").asText(message.path("sid").asText());
    }
}
