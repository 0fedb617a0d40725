/**
 * What is known of a call: its row in the database, the machine of its status, and the events that say what changed. Invariant: a row
 * and its events are written in one transaction; where the database does not answer, the event alone goes to Kafka.
 */
@NullMarked
package dev.throughline.telephony.call;

import org.jspecify.annotations.NullMarked;
