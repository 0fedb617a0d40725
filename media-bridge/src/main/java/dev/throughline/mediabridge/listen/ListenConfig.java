package dev.throughline.mediabridge.listen;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where else a call may be that an operator wants to hear. */
@ConfigMapping(prefix = "throughline.bridge.listen")
public interface ListenConfig {

    /**
     * The other replicas, {@code host:port} each; every address of a name is asked, so that one name of a headless service is enough. This
     * replica may be among them. {@code THROUGHLINE_BRIDGE_LISTEN_PEERS}; without it only calls of the replica that is asked are heard.
     */
    Optional<List<String>> peers();

    /** How long a peer may take to say whether it has the call; longer finds more calls of slow peers and makes the operator wait. */
    @WithDefault("1s")
    Duration peerTimeout();
}
