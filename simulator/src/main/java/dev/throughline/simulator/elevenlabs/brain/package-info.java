/**
 * The scripted agent: rules over recognised text, the conversation context and the last tool result, read from
 * scripts/agent. Pure apart from its own memory; it asks for speech and tool calls and never performs them.
 */
@NullMarked
package dev.throughline.simulator.elevenlabs.brain;

import org.jspecify.annotations.NullMarked;
