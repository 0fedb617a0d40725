/**
 * The pictures and files of texts. They stay at Twilio, referenced; an operator who looks at one has it fetched with our credentials,
 * which never leave for another host, and passed through within bounds of size and time.
 */
@NullMarked
package dev.throughline.sms.media;

import org.jspecify.annotations.NullMarked;
