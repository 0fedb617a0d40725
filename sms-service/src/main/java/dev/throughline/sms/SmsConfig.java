package dev.throughline.sms;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How texts are answered and sent. */
@ConfigMapping(prefix = "throughline.sms")
public interface SmsConfig {

    /** A lead that wrote nothing for this long is answered, all its texts together; raising it delays every answer. */
    @WithDefault("1500ms")
    Duration burstWindow();

    /** A lead that goes on writing is answered after this long all the same. */
    @WithDefault("8s")
    Duration burstLimit();

    /** How long a lead stays with a replica that was not heard of; raising it delays the answers of one that died. */
    @WithDefault("15s")
    Duration lease();

    /** How long one session may take to answer, and an agent that is not reached is tried, before both are done once more. */
    @WithDefault("20s")
    Duration replyTimeout();

    /** Silence after which an agent's turn is over, when it does not say so itself; raising it delays every answer. */
    @WithDefault("1500ms")
    Duration quietPeriod();

    /** How long a voice agent's spoken greeting is waited for, to be left out of the text conversation. */
    @WithDefault("1s")
    Duration greetingWait();

    /** Text conversations at once on this replica; leads beyond it wait for the next sweep. */
    @WithDefault("100")
    int maxConversations();

    /**
     * How long a text that was claimed may wait for its request to Twilio; later it is left alone. After this and the longest a request may
     * take, a send without an outcome is looked up.
     */
    @WithDefault("5s")
    Duration sendWithin();

    /** Longest text sent, in characters; Twilio refuses over 1600 (21617). */
    @WithDefault("1600")
    int maxLength();

    /** How long a webhook may take to be stored; Twilio gives up after 15 s and must hear before that it was not. */
    @WithDefault("10s")
    Duration storeTimeout();

    /** Parts one sender sends in a second over all replicas; a long code's carriers take 1, a toll-free number's 3. */
    @WithDefault("1")
    double segmentsPerSecond();

    /** Parts a sender may be ahead of its pace before a text waits. */
    @WithDefault("10")
    int segmentBurst();

    /** Texts out of one tenant in a minute, unless the tenant says otherwise; an operator's text beyond it is refused. */
    @WithDefault("120")
    int textsPerMinute();

    /** When a text that was not delivered is sent once more. The times are our guesses; Twilio names none. */
    Repeat repeat();

    /** By the reason Twilio gives. */
    interface Repeat {

        /** After 30001: the queue was full. */
        @WithDefault("1m")
        Duration queueFull();

        /** After 30003: the handset is off or out of reach. */
        @WithDefault("30m")
        Duration unreachable();

        /** After 30008: the carrier gave no reason. */
        @WithDefault("5m")
        Duration unknown();
    }

    /** How far ahead a text may be planned. */
    @WithDefault("35d")
    Duration longestPlan();
}
