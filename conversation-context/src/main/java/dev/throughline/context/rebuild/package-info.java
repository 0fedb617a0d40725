/**
 * Makes the read model anew from {@code channel-events-v1}: a copy of its tables is filled beside the live ones, compared with them and
 * put in their place, in one transaction, while everything goes on. Invariant: at any time one replica works at it, and one that dies is
 * followed by another that goes on where the copy says.
 */
@NullMarked
package dev.throughline.context.rebuild;

import org.jspecify.annotations.NullMarked;
