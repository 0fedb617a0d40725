/**
 * How promising a lead is: a pure function from what is known to 0..100 points with named factors. The projection asks it when
 * a conversation was analysed or an appointment changed. Invariant: the score itself never triggers a score.
 */
@NullMarked
package dev.throughline.context.scoring;

import org.jspecify.annotations.NullMarked;
