/**
 * A call's way into a media socket and what comes after it: the invitation with its one-time token, Twilio's report that the stream has
 * ended, and the outcome the bridge reported before that. Owns the table {@code call_streams}. Invariant: a call is brought back to a
 * bridge a bounded number of times, and then told so.
 */
@NullMarked
package dev.throughline.telephony.stream;

import org.jspecify.annotations.NullMarked;
