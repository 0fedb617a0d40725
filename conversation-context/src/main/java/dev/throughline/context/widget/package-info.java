/**
 * The chat on a tenant's own pages: who may open it, as which lead, what the page is told and what it tells. A visitor is known by a random
 * key its browser keeps; it reaches its own lead and nothing else, and sees of it only what was written with it. Writes
 * {@code chat.message} and {@code lead.profile-changed} through the outbox. Invariant: no page of an origin the tenant has not listed gets
 * an answer, and no number or name somebody typed opens what another has said.
 */
@NullMarked
package dev.throughline.context.widget;

import org.jspecify.annotations.NullMarked;
