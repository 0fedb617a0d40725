package dev.throughline.platform.twilio;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code application/x-www-form-urlencoded} in UTF-8, keeping empty values, spaces and the order of names. */
final class FormBody {

    private FormBody() {}

    /** @throws IllegalArgumentException when a percent escape is malformed */
    static Map<String, List<String>> parse(byte[] body) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        String text = new String(body, StandardCharsets.UTF_8);
        for (String pair : text.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            parameters.computeIfAbsent(name, ignored -> new ArrayList<>(1)).add(value);
        }
        return parameters;
    }

    private static String decode(String encoded) {
        boolean plain = encoded.indexOf('%') < 0 && encoded.indexOf('+') < 0;
        return plain ? encoded : URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    }
}
