/**
 * What became of the texts we sent. Callbacks come repeated and in any order; a status only moves forward. Publishes
 * {@code sms.status-changed}.
 */
@NullMarked
package dev.throughline.sms.delivery;

import org.jspecify.annotations.NullMarked;
