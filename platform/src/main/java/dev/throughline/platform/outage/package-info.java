/** Tells a part that is away from a mistake of ours: the one is waited for, the other is reported. */
@NullMarked
package dev.throughline.platform.outage;

import org.jspecify.annotations.NullMarked;
