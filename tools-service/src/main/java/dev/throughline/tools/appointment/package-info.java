/**
 * Bookings. Invariant: the database's exclusion constraint over a staff member's blocked time is the last word, so one slot is
 * booked once whatever is raced or repeated; the events of a change are in the transaction of the change.
 */
@NullMarked
package dev.throughline.tools.appointment;

import org.jspecify.annotations.NullMarked;
