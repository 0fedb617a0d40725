package dev.throughline.sms.media;

import dev.throughline.platform.tenant.CurrentTenant;
import dev.throughline.platform.web.Problem;
import dev.throughline.sms.inbound.InboundTexts;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestMulti;

/** Shows an operator what a customer sent with a text. */
@Path("/api/twilio/texts/{messageSid}/media/{index}")
@RolesAllowed({"viewer", "operator", "admin"})
public class MediaResource {

    private final Pool pool;
    private final InboundTexts texts;
    private final TwilioMedia media;
    private final CurrentTenant caller;

    MediaResource(Pool pool, InboundTexts texts, TwilioMedia media, CurrentTenant caller) {
        this.pool = pool;
        this.texts = texts;
        this.media = media;
        this.caller = caller;
    }

    /**
     * The file, as Twilio has it.
     *
     * @param index from 0, in the order sent
     */
    @GET
    @Operation(summary = "A picture or file a customer sent with a text")
    @APIResponse(responseCode = "200", description = "The file, with its own type")
    @APIResponse(responseCode = "404", description = "There is no such text or file, or it is another tenant's")
    @APIResponse(responseCode = "502", description = "Twilio does not give the file out, or it is too large")
    public RestMulti<Buffer> show(@PathParam("messageSid") String messageSid, @PathParam("index") int index) {
        Optional<UUID> own = caller.isInstallationAdmin() ? Optional.empty() : Optional.of(caller.require());
        Uni<TwilioMedia.Opened> opened = texts.media(pool, messageSid, own).chain(urls -> {
            if (index < 0 || index >= urls.size()) {
                throw Problem.notFound("There is no such file.");
            }
            return media.open(messageSid, urls.get(index));
        });
        return RestMulti.fromUniResponse(opened, TwilioMedia.Opened::content, MediaResource::headers);
    }

    /** A file from outside is shown, or saved, but never run on our page. */
    private static Map<String, List<String>> headers(TwilioMedia.Opened opened) {
        String type = opened.contentType().toLowerCase(Locale.ROOT);
        boolean shown = type.matches("(image|audio|video)/.+") && !type.contains("svg") && !type.contains("xml");
        return Map.of(
                "Content-Type", List.of(shown ? opened.contentType() : "application/octet-stream"),
                "Content-Disposition", List.of(shown ? "inline" : "attachment"),
                "Content-Security-Policy", List.of("sandbox; default-src 'none'"),
                "X-Content-Type-Options", List.of("nosniff"),
                "Cache-Control", List.of("private, max-age=3600"));
    }
}
