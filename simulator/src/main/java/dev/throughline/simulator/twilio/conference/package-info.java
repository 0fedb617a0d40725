/**
 * Conferences: rooms whose members hear each other through one mixer, their status callbacks, and the Conferences and
 * Participants resources. A room knows its members' call legs only as {@link
 * dev.throughline.simulator.twilio.conference.ConferenceLeg}; the call package brings them in.
 */
@org.jspecify.annotations.NullMarked
package dev.throughline.simulator.twilio.conference;
