/**
 * Twilio's call status callbacks: repeated, late, out of order, and sometimes about calls nobody announced. Each moves its call forward
 * or does nothing. Publishes {@code call.status-changed} and exactly one {@code call.ended} per call.
 */
@NullMarked
package dev.throughline.telephony.status;

import org.jspecify.annotations.NullMarked;
