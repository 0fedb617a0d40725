/**
 * The lead contexts as every service sees them: a bounded view over {@code lead-contexts-v1}, behind it the HTTP API of the service
 * that folds them. Invariant: asking never takes longer than its timeout and never fails, it only comes back empty.
 */
@org.jspecify.annotations.NullMarked
package dev.throughline.platform.context;
