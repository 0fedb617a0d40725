/**
 * A simulated customer at the keyboard: calls and texts the demo tenant through the Twilio stand-in.
 */
@NullMarked
package dev.throughline.localstack.customer;

import org.jspecify.annotations.NullMarked;
