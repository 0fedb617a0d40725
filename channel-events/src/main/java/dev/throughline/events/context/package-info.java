/**
 * What is known of a lead: the fold of all its channel events, the timeline a person reads and the bounded text an agent's
 * prompt gets. All pure. Invariant: the fold of a set of events does not depend on their order or on repeats, so the read
 * model can be rebuilt from the topic at any time.
 */
@NullMarked
package dev.throughline.events.context;

import org.jspecify.annotations.NullMarked;
