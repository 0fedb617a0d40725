/**
 * Operators who listen in on a live call. A browser's socket gets both voices as they are heard on the line, from whichever replica holds the
 * call. What it reads too slowly is lost to it and to nobody else: a call never waits for its listeners.
 */
@NullMarked
package dev.throughline.mediabridge.listen;

import org.jspecify.annotations.NullMarked;
