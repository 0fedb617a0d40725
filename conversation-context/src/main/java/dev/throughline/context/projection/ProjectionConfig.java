package dev.throughline.context.projection;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How the projection reads. */
@ConfigMapping(prefix = "throughline.projection")
public interface ProjectionConfig {

    /** The consumer group; replicas share it. */
    @WithDefault("conversation-context")
    String group();

    /** Most records per transaction. Raising it folds a backlog faster, for each lead is written once, and makes the first of a burst wait longer for the last. */
    @WithDefault("2000")
    int batch();

    /** Contexts kept in memory, by their length as JSON; they take some four times that. Raising it saves reads of busy leads. */
    @WithDefault("16M")
    MemorySize cache();
}
