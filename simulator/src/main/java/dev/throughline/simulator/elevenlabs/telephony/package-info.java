/**
 * Calls that ElevenLabs itself carries: outbound calls and native inbound ones, held in text because no audio path
 * of the provider is stood in for, with the conversation-initiation webhook that comes before them.
 */
@NullMarked
package dev.throughline.simulator.elevenlabs.telephony;

import org.jspecify.annotations.NullMarked;
