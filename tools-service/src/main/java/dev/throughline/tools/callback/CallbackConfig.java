package dev.throughline.tools.callback;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Where promises to call back are kept. */
@ConfigMapping(prefix = "throughline.callback")
public interface CallbackConfig {

    /** Internal base URL of conversation-context; {@code CONVERSATION_CONTEXT_URL}. Absent: the agent promises nothing. */
    Optional<String> contextUrl();

    /** How long asking may take; the caller waits in silence meanwhile. */
    @WithDefault("2s")
    Duration timeout();
}
