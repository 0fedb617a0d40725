package dev.throughline.localstack.settings;

import java.util.List;
import java.util.Optional;

/** The two providers, each of which is real, somebody's own double, or our stand-in. */
public enum Provider {
    TWILIO("Twilio", "TWILIO_API_BASE_URL", List.of("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN")),
    ELEVENLABS("ElevenLabs", "ELEVENLABS_API_BASE_URL", List.of("ELEVENLABS_API_KEY"));

    private final String title;
    private final String baseUrlVariable;
    private final List<String> credentials;

    Provider(String title, String baseUrlVariable, List<String> credentials) {
        this.title = title;
        this.baseUrlVariable = baseUrlVariable;
        this.credentials = credentials;
    }

    /** The name people know. */
    public String title() {
        return title;
    }

    /** The variable that names its API's base URL. */
    public String baseUrlVariable() {
        return baseUrlVariable;
    }

    /** Which of the three it is in {@code environment}: a base URL decides, else complete credentials, else the stand-in. */
    public Mode mode(Environment environment) {
        Optional<String> baseUrl = environment.get(baseUrlVariable);
        if (baseUrl.isPresent()) {
            return new Mode.Endpoint(baseUrl.get());
        }
        boolean complete =
                credentials.stream().allMatch(name -> environment.get(name).isPresent());
        return complete ? new Mode.Real() : new Mode.StandIn();
    }

    /** Who answers for a provider. */
    public sealed interface Mode {

        /** The provider itself, at its own address, with the credentials given. */
        record Real() implements Mode {}

        /**
         * Whatever is at the address given: the provider behind a proxy, or a test double.
         *
         * @param baseUrl as given
         */
        record Endpoint(String baseUrl) implements Mode {}

        /** The stand-in of the simulator module. */
        record StandIn() implements Mode {}
    }
}
