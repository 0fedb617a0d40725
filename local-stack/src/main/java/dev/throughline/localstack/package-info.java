/**
 * The whole suite on one machine, as real processes: what {@code ./dev} runs. {@link dev.throughline.localstack.Main} takes one
 * subcommand; the packages below are the parts, the front, the provisioning, the customer's side and the demo.
 */
@NullMarked
package dev.throughline.localstack;

import org.jspecify.annotations.NullMarked;
