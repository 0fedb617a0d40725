package dev.throughline.localstack.parts;

import dev.throughline.localstack.process.Ports;
import dev.throughline.localstack.settings.Environment;
import dev.throughline.localstack.settings.Settings;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Every port of one start.
 *
 * @param front the public one
 * @param postgres PostgreSQL's
 * @param kafka the brokers' client port
 * @param kafkaController the KRaft controller's, used by the broker alone
 * @param twilio the Twilio stand-in's, 0 when there is none
 * @param elevenLabs the ElevenLabs stand-in's, 0 when there is none
 * @param services public port by service
 * @param management management port by service
 */
public record StackPorts(
        int front,
        int postgres,
        int kafka,
        int kafkaController,
        int twilio,
        int elevenLabs,
        Map<ServiceModule, Integer> services,
        Map<ServiceModule, Integer> management) {

    /**
     * Checks the given ports and chooses the others.
     *
     * @throws dev.throughline.localstack.settings.SettingsException when a given port is taken
     */
    public static StackPorts claim(Settings settings) {
        Ports ports = new Ports();
        Environment environment = settings.environment();
        int front = ports.claim(Optional.of(settings.port()), "PORT", "the front");
        Map<ServiceModule, Integer> services = new EnumMap<>(ServiceModule.class);
        Map<ServiceModule, Integer> management = new EnumMap<>(ServiceModule.class);
        // Given ports first, so that none of them is handed out as a free one before its turn.
        int postgres = claim(ports, environment, "POSTGRES_PORT", "PostgreSQL");
        int kafka = claim(ports, environment, "KAFKA_PORT", "Kafka");
        for (ServiceModule service : ServiceModule.values()) {
            services.put(service, claim(ports, environment, service.portVariable(), service.module()));
            management.put(
                    service,
                    claim(
                            ports,
                            environment,
                            service.managementPortVariable(),
                            "the management of " + service.module()));
        }
        int twilio =
                settings.standInForTwilio() ? claim(ports, environment, "SIM_TWILIO_PORT", "the Twilio stand-in") : 0;
        int elevenLabs = settings.standInForElevenLabs()
                ? claim(ports, environment, "SIM_ELEVENLABS_PORT", "the ElevenLabs stand-in")
                : 0;
        return new StackPorts(front, postgres, kafka, ports.free(), twilio, elevenLabs, services, management);
    }

    /** Public ports by module name, as the front wants them. */
    public Map<String, Integer> servicesByName() {
        return byName(services);
    }

    /** Management ports by module name. */
    public Map<String, Integer> managementByName() {
        return byName(management);
    }

    private static int claim(Ports ports, Environment environment, String variable, String what) {
        return ports.claim(environment.port(variable), variable, what);
    }

    private static Map<String, Integer> byName(Map<ServiceModule, Integer> ports) {
        return ports.entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().module(), Map.Entry::getValue));
    }
}
