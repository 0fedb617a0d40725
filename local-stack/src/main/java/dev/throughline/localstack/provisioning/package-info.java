/**
 * Makes the demo tenant through the same public endpoints a customer of the suite would use, and has the service provision it, at every
 * start: it changes only what differs. The same code serves {@code ./dev provision}.
 */
@NullMarked
package dev.throughline.localstack.provisioning;

import org.jspecify.annotations.NullMarked;
