/**
 * {@code ./dev bench bridge}: what the media bridge costs and how late it makes a frame, beside a plain proxy and an ordinary bridge under
 * the same load on the same machine in the same run. It starts what it measures as {@code ./dev up} does, in a data directory of its own.
 */
@NullMarked
package dev.throughline.localstack.bench;

import org.jspecify.annotations.NullMarked;
