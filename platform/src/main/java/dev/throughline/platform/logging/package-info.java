/**
 * Logs that can be searched without giving people away: ids in the MDC, numbers masked. Bodies and transcripts are never logged.
 */
@org.jspecify.annotations.NullMarked
package dev.throughline.platform.logging;
