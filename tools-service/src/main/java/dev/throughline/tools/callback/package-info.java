/**
 * Promises to call a customer back, kept by conversation-context ({@code POST /internal/follow-ups}). Invariant: the same promise asked for
 * twice is one.
 */
@NullMarked
package dev.throughline.tools.callback;

import org.jspecify.annotations.NullMarked;
