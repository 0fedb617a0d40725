/** How a text is cut into the parts a carrier counts and charges. Pure. */
@NullMarked
package dev.throughline.sms.segment;

import org.jspecify.annotations.NullMarked;
