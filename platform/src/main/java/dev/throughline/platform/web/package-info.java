/**
 * How HTTP answers look when something is wrong: problem details (RFC 9457) for operators, the {@code success/error/code} shape for
 * agents and webhooks. Nothing of an exception but its intended message reaches the wire.
 */
@org.jspecify.annotations.NullMarked
package dev.throughline.platform.web;
