/**
 * How a service gets its configuration: {@code DATABASE_URL}, the shared defaults, and a check that names what is missing, and the
 * cure, before anything else starts.
 */
@org.jspecify.annotations.NullMarked
package dev.throughline.platform.config;
