/**
 * The call without AI: the business greets by name and its hours decide whether somebody is rung. Publishes {@code call.started} with
 * path {@code DIRECT}.
 */
@NullMarked
package dev.throughline.telephony.direct;

import org.jspecify.annotations.NullMarked;
