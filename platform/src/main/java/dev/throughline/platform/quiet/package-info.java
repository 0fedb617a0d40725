/** When a customer is left in peace: the tenant's quiet hours in the zone of the customer's number. Pure. */
@NullMarked
package dev.throughline.platform.quiet;

import org.jspecify.annotations.NullMarked;
