/**
 * Short-lived HS256 tokens between our own parts: one-time stream tokens and service-to-service calls.
 */
@org.jspecify.annotations.NullMarked
package dev.throughline.platform.security;
