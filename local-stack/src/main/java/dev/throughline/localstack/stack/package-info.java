/**
 * Starts the parts in order, says what happens, and stops them in the reverse order whatever happened. One data directory has at
 * most one running stack, held by a file lock that dies with the process.
 */
@NullMarked
package dev.throughline.localstack.stack;

import org.jspecify.annotations.NullMarked;
