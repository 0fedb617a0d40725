/** The one account the stand-in knows: its credentials, its phone numbers with their webhook addresses (kept over restarts), and the shapes every REST answer shares: sids, dates, errors, pages. */
@org.jspecify.annotations.NullMarked
package dev.throughline.simulator.twilio.account;
