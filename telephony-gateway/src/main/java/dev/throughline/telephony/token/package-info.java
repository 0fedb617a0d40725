/**
 * Access tokens by which an operator's browser makes and takes calls. Minted here, read by Twilio alone; nothing is stored. Invariant:
 * the identity in a token names the tenant of whoever asked for it, so that Twilio vouches for both in every call of that browser.
 */
@NullMarked
package dev.throughline.telephony.token;

import org.jspecify.annotations.NullMarked;
