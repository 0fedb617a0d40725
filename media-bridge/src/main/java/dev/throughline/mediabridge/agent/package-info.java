/**
 * The agent's side: opening a conversation with an ElevenLabs agent with the caller's history, retrying once without refused
 * overrides, and audio in the format the agent announced. Knows the agent's socket, not the carrier's.
 */
@NullMarked
package dev.throughline.mediabridge.agent;

import org.jspecify.annotations.NullMarked;
