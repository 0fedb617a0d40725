/** {@code ./dev bench tools}: what availability and booking cost, beside the plain SQL they need, on the real service and database. */
@NullMarked
package dev.throughline.localstack.bench.tools;

import org.jspecify.annotations.NullMarked;
