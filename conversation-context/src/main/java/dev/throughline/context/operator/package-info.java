/**
 * What operators do to a lead: a note for colleagues, a whisper to the agent of a live conversation, saying that two leads are one person.
 * Each becomes an event through the outbox. Invariant: a request repeated under its Idempotency-Key is one event.
 */
@NullMarked
package dev.throughline.context.operator;

import org.jspecify.annotations.NullMarked;
