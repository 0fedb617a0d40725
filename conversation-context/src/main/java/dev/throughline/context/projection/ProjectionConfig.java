package dev.throughline.context.projection;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How the projection reads. */
@ConfigMapping(prefix = "throughline.projection")
public interface ProjectionConfig {

    /** The consumer group; replicas share it. */
    @WithDefault("conversation-context")
    String group();

    /** Records per transaction; raising it folds faster and makes the first of a burst wait longer for the last. */
    @WithDefault("200")
    int batch();
}
