/** How often somebody may do something. Invariant: what is remembered of whom is bounded. */
@NullMarked
package dev.throughline.platform.limit;

import org.jspecify.annotations.NullMarked;
