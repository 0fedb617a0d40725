package dev.throughline.platform.twilio;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Forms as if their signature had held, for tests that call a resource themselves. */
public final class SignedForms {

    private SignedForms() {}

    public static SignedForm of(Map<String, String> parameters) {
        return new SignedForm(parameters.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, parameter -> List.of(parameter.getValue()))));
    }
}
