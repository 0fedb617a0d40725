/**
 * The stand-in for ElevenLabs: its REST endpoints and its conversation socket on the provider's own paths, and control and
 * inspection under {@code /_sim}. It refuses what the provider refuses, with the documented codes, and reports what the
 * provider would ignore in silence. Knows the protocol reference and nothing of the services that are tested with it.
 */
@NullMarked
package dev.throughline.simulator.elevenlabs;

import org.jspecify.annotations.NullMarked;
