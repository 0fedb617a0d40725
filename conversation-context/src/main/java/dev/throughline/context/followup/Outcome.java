package dev.throughline.context.followup;

import java.time.Duration;

/** What another service said to a request. */
sealed interface Outcome {

    /** It will be done, or is. @param reference the service's name of it, may be empty */
    record Taken(String reference) implements Outcome {}

    /** It is not allowed, for good. */
    record Forbidden(String why) implements Outcome {}

    /** It can not be done. */
    record Refused(String why) implements Outcome {}

    /** Not before {@code pause} has passed. @param quiet whether because of quiet hours */
    record Later(Duration pause, boolean quiet) implements Outcome {}

    /** Whether it was taken is not known, or it may be another time: the same again. */
    record Away(String why) implements Outcome {}
}
