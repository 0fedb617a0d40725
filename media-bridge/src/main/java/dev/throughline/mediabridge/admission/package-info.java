/**
 * Who may open a stream: the token in its address, which lets the agent be reached early and starts nothing, and the token in its
 * {@code start}, which starts it. Both are ours, good for one call, for at most a minute and for one use on this replica.
 */
@NullMarked
package dev.throughline.mediabridge.admission;

import org.jspecify.annotations.NullMarked;
