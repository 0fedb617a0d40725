package dev.throughline.platform.twilio;

import com.twilio.converter.CurrencyDeserializer;
import com.twilio.converter.ISO8601Deserializer;
import com.twilio.converter.RFC2822Deserializer;
import com.twilio.exception.RestException;
import com.twilio.http.HttpMethod;
import com.twilio.rest.api.v2010.account.Application;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.rest.api.v2010.account.Conference;
import com.twilio.rest.api.v2010.account.IncomingPhoneNumber;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.rest.api.v2010.account.Recording;
import com.twilio.rest.api.v2010.account.conference.Participant;
import com.twilio.rest.messaging.v1.Service;
import com.twilio.type.App;
import com.twilio.type.Client;
import com.twilio.type.PhoneNumberCapabilities;
import com.twilio.type.Twiml;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** What Twilio's client reads and writes by reflection, for a native executable; the library registers nothing itself. */
@RegisterForReflection(
        targets = {
            Application.class,
            Call.class,
            Conference.class,
            IncomingPhoneNumber.class,
            Message.class,
            Participant.class,
            Recording.class,
            Service.class,
            com.twilio.rest.messaging.v1.service.PhoneNumber.class,
            RestException.class,
            RFC2822Deserializer.class,
            ISO8601Deserializer.class,
            CurrencyDeserializer.class,
            HttpMethod.class,
            App.class,
            Client.class,
            com.twilio.type.PhoneNumber.class,
            PhoneNumberCapabilities.class,
            Twiml.class
        })
final class TwilioReflection {

    private TwilioReflection() {}
}
