/**
 * The process that stands in for Twilio and ElevenLabs where no real credentials are set. It starts the stand-ins that have a
 * port, each on the provider's own paths plus {@code /_sim/…} for control and inspection. It depends on no other module, so it
 * cannot share our mistakes: all it knows is the providers' protocols.
 */
@org.jspecify.annotations.NullMarked
package dev.throughline.simulator;
