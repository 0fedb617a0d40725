/**
 * The subcommands of {@code ./dev} as a person types them: reading arguments, one class per command, exit statuses 0 (done), 1 (did not
 * work) and 2 (not understood).
 */
@NullMarked
package dev.throughline.localstack.cli;

import org.jspecify.annotations.NullMarked;
