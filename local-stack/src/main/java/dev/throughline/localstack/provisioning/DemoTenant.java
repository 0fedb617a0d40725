package dev.throughline.localstack.provisioning;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.throughline.localstack.secrets.LocalSecrets;
import dev.throughline.localstack.settings.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.UUID;

/**
 * What was learnt when the demo tenant and its agent were made. Kept because two of the values are shown only once.
 *
 * @param tenantId the tenant's id
 * @param toolSecret its tool secret, shown once by tools-service
 * @param numberSid its number at the Twilio stand-in
 * @param agentId its voice agent at the ElevenLabs stand-in, empty when there is none
 * @param textAgentId its text agent, empty when there is none
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record DemoTenant(UUID tenantId, String toolSecret, String numberSid, String agentId, String textAgentId) {

    /** The tenant's number. */
    public static final String NUMBER = "+12025550100";

    /** The customer of the story. */
    public static final String CUSTOMER = "+12025550142";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The tenant kept in {@code directories}; empty before the first start and after a reset. */
    public static Optional<DemoTenant> read(Directories directories) {
        try {
            return Files.exists(directories.demoTenant())
                    ? Optional.of(JSON.readValue(directories.demoTenant().toFile(), DemoTenant.class))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    void write(Directories directories) throws IOException {
        LocalSecrets.writePrivately(directories.demoTenant(), JSON.writeValueAsString(this));
    }

    DemoTenant withAgents(String voiceAgent, String textAgent) {
        return new DemoTenant(tenantId, toolSecret, numberSid, voiceAgent, textAgent);
    }
}
