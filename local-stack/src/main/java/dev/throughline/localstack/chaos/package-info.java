/**
 * {@code ./dev chaos}: customers write and call without a pause while parts are killed, cut off and lied to; afterwards what the providers'
 * stand-ins did is held against what the suite knows.
 */
@NullMarked
package dev.throughline.localstack.chaos;

import org.jspecify.annotations.NullMarked;
