/**
 * When an appointment can begin. One pure function, {@code SlotEngine.slots}, turns a calendar and a request into slots; listing,
 * booking and rescheduling all ask it, so they cannot disagree. Dates and times are read as people say them and said as people
 * read them, always in the business's own zone.
 */
@NullMarked
package dev.throughline.tools.availability;

import org.jspecify.annotations.NullMarked;
