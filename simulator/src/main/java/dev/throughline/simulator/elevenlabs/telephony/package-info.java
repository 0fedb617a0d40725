/**
 * Calls the provider carries itself, on Twilio's real protocols: {@code outbound-call} places them by Twilio's REST, an imported
 * number's calls and {@code register-call}'s come in by TwiML, and the audio runs over a media stream whose server is here. The
 * conversation-initiation webhook is asked before those that brought no data. Invariant: nothing Twilio says is believed without
 * its signature, except on a registered call, whose account is not known.
 */
@NullMarked
package dev.throughline.simulator.elevenlabs.telephony;

import org.jspecify.annotations.NullMarked;
