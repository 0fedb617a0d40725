package dev.throughline.context.followup;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How follow-ups are done. */
@ConfigMapping(prefix = "throughline.follow-ups")
public interface FollowUpConfig {

    /** Internal base URL of sms-service; {@code SMS_SERVICE_URL}. Absent: texts wait, and fail after {@link #giveUpAfter()}. */
    Optional<String> smsUrl();

    /** Internal base URL of telephony-gateway; {@code TELEPHONY_GATEWAY_URL}. Absent: calls wait, and fail after {@link #giveUpAfter()}. */
    Optional<String> telephonyUrl();

    /** How long one request may take. */
    @WithDefault("10s")
    Duration timeout();

    /** How long a worker may be silent before another takes its follow-up; must be well above {@link #timeout()}. */
    @WithDefault("60s")
    Duration lease();

    /** What would have been due longer ago when its cause is heard of is not scheduled: nobody expects it any more. */
    @WithDefault("2h")
    Duration tooLate();

    /** After a text of a follow-up, no call of the same customer makes another for so long: whoever calls ten times is texted once. */
    @WithDefault("1h")
    Duration peace();

    /** How long after its time a follow-up is tried while another service is away; then it has failed. */
    @WithDefault("1h")
    Duration giveUpAfter();

    /** The wait after a first attempt that did not get through; doubles up to ten minutes. */
    @WithDefault("15s")
    Duration backoff();

    /** The longest a worker sleeps: how late what another replica has left behind can be seen. */
    @WithDefault("30s")
    Duration maxSleep();

    /** How many are done at once; raising it does a full hour faster and asks more of the other services. */
    @WithDefault("8")
    int atOnce();

    /** Hosts of tenants' hooks that may be in the installation's own network, and without TLS. All others are public and https. */
    Optional<List<String>> ownHookHosts();
}
