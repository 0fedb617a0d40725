/** What both stand-ins share. */
@org.jspecify.annotations.NullMarked
package dev.throughline.simulator.wire;
