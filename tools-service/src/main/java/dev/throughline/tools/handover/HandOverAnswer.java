package dev.throughline.tools.handover;

import org.jspecify.annotations.Nullable;

/** What became of the wish for a human. */
public sealed interface HandOverAnswer {

    /**
     * Somebody is being rung.
     *
     * @param human the person's name; null when there is none to tell
     */
    record Ringing(@Nullable String human) implements HandOverAnswer {}

    /** A hand-over of this call is under way already, or has succeeded. */
    record UnderWay() implements HandOverAnswer {}

    /** The business named nobody who takes calls. */
    record NobodyToRing() implements HandOverAnswer {}

    /** There is no such call of this business, or it is over. */
    record NoSuchCall() implements HandOverAnswer {}

    /** The service that carries the calls did not answer in time, or did not understand. Whether it rings is not known. */
    record Away() implements HandOverAnswer {}
}
