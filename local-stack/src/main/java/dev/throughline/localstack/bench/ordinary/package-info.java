/**
 * The ordinary way to build a bridge, for comparison: every message is parsed into a tree, looked at, and written again. A process of its
 * own with the bridge's JVM flags; it checks no signature and knows no limits.
 */
@NullMarked
package dev.throughline.localstack.bench.ordinary;

import org.jspecify.annotations.NullMarked;
