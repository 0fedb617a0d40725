/** The calls a tenant has right now, for its operators. Reads the rows of calls without an end; changes nothing. */
@NullMarked
package dev.throughline.telephony.live;

import org.jspecify.annotations.NullMarked;
