package dev.throughline.tools.tenant;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Rotation of tool secrets. */
@ConfigMapping(prefix = "throughline.tool-secret")
public interface ToolSecretConfig {

    /** How long the secret before stays valid; raising it gives more time to bring the new one everywhere. */
    @WithDefault("24h")
    Duration overlap();
}
