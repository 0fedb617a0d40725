/** The sms-service: see its README for features and invariants. */
@NullMarked
package dev.throughline.sms;

import org.jspecify.annotations.NullMarked;
