/**
 * The agent's tool calls, one answer shape for all ways in: {@code /api/tools/{name}}, the single webhook and the client-data
 * webhooks of older integrations. Identity comes from the tool secret and dynamic variables, never from the model. Invariant: a
 * repeated call that changes something changes it once and gets the first answer again.
 */
@NullMarked
package dev.throughline.tools.invocation;

import org.jspecify.annotations.NullMarked;
