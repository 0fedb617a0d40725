/**
 * What both stand-ins share and neither protocol defines: where a signed public URL is dialled ({@link
 * dev.throughline.simulator.wire.PublicRoute}), faults armed for the next messages ({@link
 * dev.throughline.simulator.wire.FaultPlan}), the report of what the real provider would have refused or ignored ({@link
 * dev.throughline.simulator.wire.Violations}), state that survives a restart, and the clock that times audio frames between
 * the two. Everything here is thread-safe and bounded.
 */
@org.jspecify.annotations.NullMarked
package dev.throughline.simulator.wire;
