package dev.throughline.platform.twilio;

import dev.throughline.platform.web.SignedReader;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Map;

/**
 * Makes {@link SignedForm}s. Parses the raw body itself: the framework's form parser refuses values over 2,048 bytes and may be fed
 * by filters.
 */
@Provider
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public final class SignedFormReader extends SignedReader<SignedForm> {

    private final TwilioVerifier verifier;

    @Context
    HttpServerRequest request;

    SignedFormReader(TwilioVerifier verifier, TwilioConfig config) {
        super(SignedForm.class, config.maxFormBytes());
        this.verifier = verifier;
    }

    @Override
    protected SignedForm verified(byte[] body) {
        Map<String, List<String>> parameters;
        try {
            parameters = FormBody.parse(body);
        } catch (IllegalArgumentException malformedEscape) {
            // Twilio cannot have signed what does not decode.
            throw refused();
        }
        if (!verifier.acceptsForm(request, parameters)) {
            throw refused();
        }
        return new SignedForm(parameters);
    }
}
