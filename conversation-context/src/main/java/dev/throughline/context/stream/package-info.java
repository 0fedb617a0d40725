/**
 * Server-sent events: one lead's events as they happen, resumed from {@code Last-Event-ID} without a gap or a repeat, and the
 * tenant's board. Woken by the projection in this process and, through PostgreSQL, in the others; what is sent is always read from
 * the log. Invariant: a client holds a cursor and a bounded buffer here, nothing else.
 */
@NullMarked
package dev.throughline.context.stream;

import org.jspecify.annotations.NullMarked;
