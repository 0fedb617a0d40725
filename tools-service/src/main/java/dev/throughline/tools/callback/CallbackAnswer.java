package dev.throughline.tools.callback;

import java.time.Instant;

/** What became of the wish to be called. */
public sealed interface CallbackAnswer {

    /** The customer will be called. @param at when; later than asked for where that was in quiet hours */
    record Promised(Instant at) implements CallbackAnswer {}

    /** The time is past, or too far ahead. */
    record BadTime() implements CallbackAnswer {}

    /** No number is known of the customer. */
    record NoNumber() implements CallbackAnswer {}

    /** The service that keeps promises did not answer in time, or did not understand. */
    record Away() implements CallbackAnswer {}
}
