/**
 * What an agent is told when its conversation opens: every dynamic variable, the lead's history, the briefing of the call, and what was
 * said on it before an interruption. Waits for none of it longer than a caller would notice.
 */
@NullMarked
package dev.throughline.mediabridge.opening;

import org.jspecify.annotations.NullMarked;
