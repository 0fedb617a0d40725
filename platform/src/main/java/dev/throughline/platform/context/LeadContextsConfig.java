package dev.throughline.platform.context;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Where lead contexts come from. */
@ConfigMapping(prefix = "throughline.lead-contexts")
public interface LeadContextsConfig {

    /** Off in services that never open a conversation: they save the memory. */
    @WithDefault("true")
    boolean viewEnabled();

    /** How much of the topic is read at start; raising it costs start-up time and saves HTTP requests. */
    @WithDefault("24h")
    Duration warm();

    /** Contexts kept in memory; the least recently used go first. About 10 kB each. */
    @WithDefault("10000")
    long maxLeads();

    /** Internal base URL of the service that folds; {@code CONVERSATION_CONTEXT_URL}. Absent: the view is all there is. */
    Optional<String> url();

    /** How long the HTTP request may take altogether; a caller waits meanwhile. */
    @WithDefault("300ms")
    Duration timeout();
}
