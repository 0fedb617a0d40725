/** What a tenant needs at Twilio: TwiML App, numbers, messaging service. The only place here that knows the SDK. */
@NullMarked
package dev.throughline.tools.provisioning.twilio;

import org.jspecify.annotations.NullMarked;
