package dev.throughline.platform.check;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.throughline.platform.elevenlabs.SignedBody;
import dev.throughline.platform.rejection.Rejection;
import dev.throughline.platform.rejection.Rejections;
import dev.throughline.platform.security.ServiceToken;
import dev.throughline.platform.tenant.CurrentTenant;
import dev.throughline.platform.twilio.SignedForm;
import dev.throughline.platform.web.Problem;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * {@code /api/check/{service}/twilio} and {@code …/elevenlabs} of every service. Only who holds a provider's secret can ask; the answer says
 * which service the public routes led to, and proves that it is one of ours.
 */
@Path("/api/check/{service}")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll // The signature is the permission; without one no method is reached.
public class CheckResource {

    /** Audience of the proof. */
    public static final String AUDIENCE = "check";

    private static final int MAX_NONCE = 64;

    private final String service;
    private final ServiceToken tokens;
    private final ObjectMapper json;
    private final Rejections rejections;
    private final CurrentTenant current;

    CheckResource(
            @ConfigProperty(name = "quarkus.application.name") String service,
            ServiceToken tokens,
            ObjectMapper json,
            Rejections rejections,
            CurrentTenant current) {
        this.service = service;
        this.tokens = tokens;
        this.json = json;
        this.rejections = rejections;
        this.current = current;
    }

    /** A form with {@code nonce}, signed as Twilio signs. */
    @POST
    @Path("twilio")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public CheckAnswer twilio(SignedForm form) {
        return answer(form.require("nonce"));
    }

    /** A JSON object with {@code nonce}, signed as ElevenLabs signs. */
    @POST
    @Path("elevenlabs")
    @Consumes(MediaType.WILDCARD)
    public CheckAnswer elevenLabs(SignedBody body) {
        try {
            return answer(json.readTree(body.bytes()).path("nonce").asText());
        } catch (IOException notJson) {
            throw Problem.invalid("body", "must be a JSON object");
        }
    }

    /** The webhooks this replica refused last and why, for the admin of the installation. */
    @GET
    @Path("rejections")
    @RolesAllowed("admin")
    public List<Rejection> rejections() {
        if (!current.isInstallationAdmin()) {
            throw Problem.forbidden("This needs an admin of the installation.");
        }
        return rejections.latest();
    }

    private CheckAnswer answer(String nonce) {
        if (!nonce.matches("[A-Za-z0-9-]{1," + MAX_NONCE + "}")) {
            throw Problem.invalid("nonce", "must be letters, digits and hyphens");
        }
        try {
            return new CheckAnswer(service, tokens.mint(AUDIENCE, nonce, null));
        } catch (IllegalStateException noSecret) {
            return new CheckAnswer(service, "");
        }
    }
}
