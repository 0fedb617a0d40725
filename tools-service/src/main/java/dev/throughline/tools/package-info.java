/**
 * Tenants, their services, staff and appointments, and the tool calls of the agent. The features depend on each other in one direction:
 * invocation on appointment, appointment on availability, availability on catalog, catalog on tenant.
 */
@NullMarked
package dev.throughline.tools;

import org.jspecify.annotations.NullMarked;
