package dev.throughline.telephony.conference;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits of conference rooms. */
@ConfigMapping(prefix = "throughline.telephony.conference")
public interface ConferenceConfig {

    /** How long anybody may stay in a room: what a forgotten leg costs at most. Twilio takes 4 h at most by default. */
    @WithDefault("2h")
    Duration atMost();

    /** How long a phone or a browser that is called into a room may ring. */
    @WithDefault("30s")
    Duration ringing();

    /** How long an agent's one-time token is good; raising it gives a stolen one more time. */
    @WithDefault("60s")
    Duration agentToken();

    /** How long one participant may be alone in a room, and how long a request to end it may go unanswered. */
    @WithDefault("2m")
    Duration alone();

    /**
     * How long the database may take. Neither an operator nor a callback has a caller who listens to ringing meanwhile; Twilio waits
     * 15 s.
     */
    @WithDefault("4s")
    Duration databaseWait();

    /** Participants of one room, the agent included. */
    @WithDefault("10")
    int participants();
}
