/**
 * ElevenLabs at the edge of a service: verifying post-call webhooks, asking its REST API, and holding one agent conversation over a
 * WebSocket. Wire events are a sealed type and unknown ones pass through. Invariant: a {@code SignedBody} cannot exist unless its
 * signature held; a socket never holds more than its bounded queue, and sheds the oldest audio first.
 */
@org.jspecify.annotations.NullMarked
package dev.throughline.platform.elevenlabs;
