/**
 * What a business looks at all day: who is on the phone, which texts wait, which calls were missed, today's numbers in its own time zone.
 * Reads the tables the projection writes. Invariant: every query carries the tenant.
 */
@NullMarked
package dev.throughline.context.board;

import org.jspecify.annotations.NullMarked;
