package dev.throughline.simulator.twilio.call;

import dev.throughline.simulator.twilio.account.PhoneNumbers;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Where a call goes. Client, SIP and app addresses may carry parameters in query form. Source: Twilio, <i>Call resource</i>, "To". */
sealed interface CallAddress {

    /** Longest parameters Twilio was seen to pass on, with their names. */
    int MAX_PARAMETER_CHARACTERS = 800;

    /** As it stands in {@code To} fields, without parameters. */
    String written();

    Map<String, String> parameters();

    record Phone(String number) implements CallAddress {

        @Override
        public String written() {
            return number;
        }

        @Override
        public Map<String, String> parameters() {
            return Map.of();
        }
    }

    record Client(String identity, Map<String, String> parameters) implements CallAddress {

        @Override
        public String written() {
            return "client:" + identity;
        }
    }

    /** @param uri {@code user@host}, without transport parameters */
    record Sip(String uri, Map<String, String> parameters) implements CallAddress {

        @Override
        public String written() {
            return "sip:" + uri;
        }
    }

    record App(String sid, Map<String, String> parameters) implements CallAddress {

        @Override
        public String written() {
            return "app:" + sid;
        }
    }

    /** Reads a {@code To}; empty when it is none of the four. */
    static Optional<CallAddress> parse(String to) {
        int question = to.indexOf('?');
        String address = question < 0 ? to : to.substring(0, question);
        Map<String, String> parameters = question < 0 ? Map.of() : query(to.substring(question + 1));
        if (address.matches("client:[^\\s:/]{1,256}")) {
            return Optional.of(new Client(address.substring(7), parameters));
        }
        if (address.matches("sips?:[^\\s@]+@[^\\s@]+")) {
            return Optional.of(new Sip(address.replaceFirst("^sips?:", "").replaceFirst(";.*$", ""), parameters));
        }
        if (address.matches("app:AP[0-9a-f]{32}")) {
            return Optional.of(new App(address.substring(4), parameters));
        }
        return PhoneNumbers.isE164(to) ? Optional.of(new Phone(to)) : Optional.empty();
    }

    private static Map<String, String> query(String text) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            if (!parts[0].isEmpty()) {
                parameters.put(decode(parts[0]), parts.length < 2 ? "" : decode(parts[1]));
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
