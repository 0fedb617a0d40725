package dev.throughline.platform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.platform.elevenlabs.SignedBody;
import dev.throughline.platform.tenant.CurrentTenant;
import dev.throughline.platform.twilio.SignedForm;
import dev.throughline.platform.twilio.TwimlResponse;
import dev.throughline.platform.web.ApiAnswer;
import dev.throughline.platform.web.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.core.impl.NoStackTraceThrowable;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** A trivial service on the platform: one endpoint per way in. */
@Path("/api")
public class TrivialResource {

    public enum Colour {
        RED,
        GREEN
    }

    public record Order(String name, int count, LocalDate day, Colour colour, List<Item> items) {}

    public record Item(UUID id) {}

    static final AtomicInteger REACHED = new AtomicInteger();

    private final CurrentTenant tenant;

    TrivialResource(CurrentTenant tenant) {
        this.tenant = tenant;
    }

    @POST
    @Path("/webhooks/twilio/echo")
    @PermitAll
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<Map<String, String>> reactiveForm(SignedForm form) {
        REACHED.incrementAndGet();
        return Uni.createFrom().item(form.asMap());
    }

    @POST
    @Path("/webhooks/twilio/blocking")
    @PermitAll
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response blockingForm(SignedForm form) {
        REACHED.incrementAndGet();
        return TwimlResponse.sayAndHangUp("Hello " + form.get("Name"));
    }

    @POST
    @Path("/webhooks/elevenlabs/echo")
    @PermitAll
    public Uni<Integer> signedBody(SignedBody body) {
        REACHED.incrementAndGet();
        return Uni.createFrom().item(body.bytes().length);
    }

    @POST
    @Path("/orders")
    @RolesAllowed({"operator", "admin"})
    public Order order(Order order) {
        return order;
    }

    @POST
    @Path("/tools/order")
    @RolesAllowed("tool")
    public ApiAnswer tool(Order order) {
        return ApiAnswer.ok(tenant.require());
    }

    @GET
    @Path("/tenants/{id}")
    @RolesAllowed({"viewer", "operator", "admin"})
    public UUID tenant(@PathParam("id") String id) {
        return tenant.require(id);
    }

    @GET
    @Path("/refused")
    @PermitAll
    public String refused() {
        throw Problem.conflict("SLOT_TAKEN", "That time is taken.");
    }

    @GET
    @Path("/database-away")
    @PermitAll
    public Uni<String> databaseAway() {
        // What the reactive client's pool says when no connection comes.
        return Uni.createFrom().failure(new NoStackTraceThrowable("Timeout"));
    }

    @GET
    @Path("/broken")
    @PermitAll
    public String broken() {
        throw new IllegalStateException("internal detail");
    }

    @GET
    @Path("/forgotten")
    public String forgotten() {
        return "nobody may read this";
    }

    @POST
    @Path("/json")
    @PermitAll
    public JsonNode json(JsonNode node) {
        return node;
    }
}
