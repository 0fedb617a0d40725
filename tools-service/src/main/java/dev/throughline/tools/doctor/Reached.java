package dev.throughline.tools.doctor;

/** Where a request through the public address came out. */
sealed interface Reached {

    /** At the service it was meant for, which accepted its signature. */
    record Ours() implements Reached {}

    /** At another of our services. */
    record Misled(String service) implements Reached {}

    /** At something that answered 200 and is not ours. */
    record Stranger() implements Reached {}

    /** At something that answered with another status. */
    record Answered(int status) implements Reached {}

    /** Nowhere. @param why the end of a sentence */
    record Nobody(String why) implements Reached {}
}
