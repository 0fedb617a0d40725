package dev.throughline.context.widget;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Limits of the chat on tenants' pages. */
@ConfigMapping(prefix = "throughline.widget")
public interface WidgetConfig {

    /** Internal base URL of telephony-gateway, which gets the conversations' URLs; {@code TELEPHONY_GATEWAY_URL}. */
    Optional<String> telephonyUrl();

    /** How long it may take to get one: longer than the gateway takes with the provider's repeats. */
    @WithDefault("8s")
    Duration timeout();

    /** Chats one address may open on one tenant's pages in a minute; an office behind one address has many visitors. */
    @WithDefault("20")
    int sessionsPerAddress();

    /** Chats that may be opened on one tenant's pages in a minute. */
    @WithDefault("600")
    int sessionsPerTenant();

    /** Requests with messages of one visitor in a minute; the page sends what was said within a second in one. */
    @WithDefault("60")
    int messagesPerVisitor();

    /** Times a visitor may begin to listen, or tell who it is, in a minute. */
    @WithDefault("30")
    int otherPerVisitor();

    /** Addresses and visitors whose allowance is remembered; past it the least recent are forgotten, and so start afresh. */
    @WithDefault("20000")
    int remembered();

    /** Messages from before that a page is told when it comes without a position. */
    @WithDefault("50")
    int history();
}
