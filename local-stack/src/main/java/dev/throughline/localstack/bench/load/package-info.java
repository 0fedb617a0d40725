/**
 * The load of the bridge's benchmark, a process of its own: it plays Twilio and ElevenLabs at once, so that both ends of a relayed frame
 * read the same clock. One event loop and no object per frame, because it shares the machine with what it measures. Each frame carries its
 * call, its number and the moment it was sent inside its audio, so nothing between the two ends can lose, repeat or swap one unseen.
 */
@NullMarked
package dev.throughline.localstack.bench.load;

import org.jspecify.annotations.NullMarked;
