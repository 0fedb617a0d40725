/** Makes and checks the published contract in {@code docs/events}. */
@NullMarked
package dev.throughline.events.contract;

import org.jspecify.annotations.NullMarked;
