/**
 * Businesses and their settings: administration for operators, and every change published whole on {@code tenants-v1} in the
 * transaction that made it. Invariant: a tool secret is stored and published only as its SHA-256 hash and shown once.
 */
@NullMarked
package dev.throughline.tools.tenant;

import org.jspecify.annotations.NullMarked;
