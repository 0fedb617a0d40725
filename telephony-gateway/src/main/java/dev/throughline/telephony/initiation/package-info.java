/**
 * ElevenLabs' question how to begin a conversation it answers itself (ElevenLabs, <i>Twilio personalization</i>): who calls, what was
 * said before, how to greet. Invariant: an authentic question is answered with every variable the agents use, known or not, because a
 * missing one ends the call.
 */
@NullMarked
package dev.throughline.telephony.initiation;

import org.jspecify.annotations.NullMarked;
