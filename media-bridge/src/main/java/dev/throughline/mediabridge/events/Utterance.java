package dev.throughline.mediabridge.events;

import dev.throughline.events.Speaker;
import java.time.Instant;

/**
 * One finished turn of a conversation.
 *
 * @param turn 0-based, as this bridge counted
 * @param interrupted whether the customer cut it short; {@code text} is then what was spoken
 * @param at when it began to be known
 */
public record Utterance(int turn, Speaker speaker, String text, boolean interrupted, Instant at) {}
