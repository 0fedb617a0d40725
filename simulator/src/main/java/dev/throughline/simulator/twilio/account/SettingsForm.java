package dev.throughline.simulator.twilio.account;

import io.vertx.core.MultiMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the settings of a resource, such as its webhook addresses, from a REST form. */
final class SettingsForm {

    private SettingsForm() {}

    /** The values given for {@code names}; throws {@link TwilioError} for a method or an address Twilio would refuse. */
    static Map<String, String> read(MultiMap form, List<String> names) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String name : names) {
            String value = form.get(name);
            if (value == null) {
                continue;
            }
            if (name.endsWith("Method") && !value.equals("GET") && !value.equals("POST")) {
                throw new TwilioError(400, 20001, name + " must be GET or POST");
            }
            if ((name.endsWith("Url") || name.endsWith("StatusCallback"))
                    && !value.isEmpty()
                    && !value.matches("https?://[^\\s/]+.*")) {
                throw new TwilioError(400, 21402, name + " is not a valid URL");
            }
            settings.put(name, value);
        }
        return settings;
    }
}
