/**
 * What the agent is to know of one call beyond its lead: the questions and variables of a call we placed, and a note about what
 * happened while the call was away from the agent. Owns the table {@code call_briefings}. The bridge fetches a briefing when the call's
 * token says that there is one.
 */
@NullMarked
package dev.throughline.telephony.briefing;

import org.jspecify.annotations.NullMarked;
