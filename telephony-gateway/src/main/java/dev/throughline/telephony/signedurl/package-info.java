/**
 * The browser widget's way to the agent: a signed conversation URL with the lead's context. The API key stays here, and a URL is never
 * kept.
 */
@NullMarked
package dev.throughline.telephony.signedurl;

import org.jspecify.annotations.NullMarked;
