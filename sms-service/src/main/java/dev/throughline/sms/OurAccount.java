package dev.throughline.sms;

import dev.throughline.platform.twilio.SignedForm;
import dev.throughline.platform.twilio.TwilioConfig;
import dev.throughline.platform.web.Problem;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The signature of a webhook says that it is Twilio; its account says whose Twilio. */
@Singleton
public class OurAccount {

    private final Optional<String> accountSid;

    OurAccount(TwilioConfig twilio) {
        this.accountSid = twilio.accountSid();
    }

    /** @throws Problem 400 when the form names no account, 403 when it is not ours */
    public void check(SignedForm form) {
        String account = form.require("AccountSid");
        if (accountSid.isPresent() && !accountSid.get().equals(account)) {
            throw Problem.forbidden("This is another Twilio account.");
        }
    }
}
