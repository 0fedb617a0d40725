package dev.throughline.tools.doctor;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How an installation examines itself. */
@ConfigMapping(prefix = "throughline.doctor")
public interface DoctorConfig {

    /** The services the public address must lead to. */
    @WithDefault("telephony-gateway,media-bridge,sms-service,tools-service,conversation-context")
    List<String> services();

    /** Where the public address is really dialled, where it exists in signatures only; absent: at itself. */
    Optional<String> connectTo();

    /** How long one request through the public address may take; raising it makes the report of a dead address slower. */
    @WithDefault("5s")
    Duration timeout();
}
