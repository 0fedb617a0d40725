/**
 * One conversation on the socket, by voice or by text: its rules of entry, its turns, its audio, its tool calls and
 * its end. Every object here belongs to one event loop.
 */
@NullMarked
package dev.throughline.simulator.elevenlabs.conversation;

import org.jspecify.annotations.NullMarked;
