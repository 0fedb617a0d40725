package dev.throughline.telephony.outbound;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How calls out are made and looked after. */
@ConfigMapping(prefix = "throughline.telephony.outbound")
public interface OutboundConfig {

    /** How long a customer's phone rings before the call counts as not answered; mailboxes take over after about 25 s. */
    @WithDefault("45s")
    Duration ringing();

    /** How long a request itself looks for a call of which its provider told nothing; the operator waits meanwhile. */
    @WithDefault("6s")
    Duration lookUpFor();

    /** The pause between two looks of a request. */
    @WithDefault("1s")
    Duration lookUpEvery();

    /** How long the database may take to write a request down; nobody is called before it has. */
    @WithDefault("5s")
    Duration storeWait();

    /** How long a request whose idempotency key is in use waits for the answer of the first. */
    @WithDefault("5s")
    Duration sameKeyWait();

    /** After this long without an outcome the process that made the request counts as dead, and the call is looked up. */
    @WithDefault("60s")
    Duration abandonedAfter();

    /** How often the background looks for calls whose turn has come. */
    @WithDefault("5s")
    Duration checkEvery();

    /** The first pause between two looks of the background; each later one is twice as long, up to a minute. */
    @WithDefault("5s")
    Duration checkPause();

    /** After this long a call of which both providers know nothing was never made. */
    @WithDefault("15m")
    Duration giveUpAfter();

    /** As {@link #giveUpAfter()} where the providers could not be asked. */
    @WithDefault("24h")
    Duration giveUpUnaskedAfter();

    /** How long an agent's phone numbers are remembered; a number linked to another agent is used for as long. */
    @WithDefault("10m")
    Duration rememberNumbers();

    /** How long a call's briefing is kept; longer than any call lasts. */
    @WithDefault("24h")
    Duration keepBriefings();
}
