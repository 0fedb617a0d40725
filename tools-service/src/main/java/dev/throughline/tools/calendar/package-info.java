/**
 * Appointments for calendar programs (iCalendar, RFC 5545): a feed of the business and of each person under a secret address, and one
 * appointment for the customer who booked it. Invariant: nobody without the whole address learns anything, not even that there is a feed.
 */
@NullMarked
package dev.throughline.tools.calendar;

import org.jspecify.annotations.NullMarked;
