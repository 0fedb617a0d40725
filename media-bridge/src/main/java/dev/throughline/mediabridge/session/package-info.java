/**
 * One live call from the upgrade to the last word: its states, its limits, who ended it and why. Every session lives on the event loop
 * of its carrier socket; sessions share nothing but counters, so that nothing one socket does disturbs another call.
 */
@NullMarked
package dev.throughline.mediabridge.session;

import org.jspecify.annotations.NullMarked;
