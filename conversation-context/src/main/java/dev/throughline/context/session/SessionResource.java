package dev.throughline.context.session;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.tenant.TenantDirectory;
import dev.throughline.platform.web.Problem;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Exchanges an operator token for the console's cookie. The cookie is the token itself: there is no session to keep. */
@Path("/api/session")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Session")
public class SessionResource {

    static final String COOKIE = "throughline_session";
    private static final List<String> ROLES = List.of("admin", "operator", "viewer");

    private final JWTParser parser;
    private final SecurityIdentity identity;
    private final TenantDirectory tenants;
    private final boolean publicIsHttps;

    SessionResource(
            JWTParser parser,
            SecurityIdentity identity,
            TenantDirectory tenants,
            @ConfigProperty(name = "app.base.url") Optional<String> baseUrl) {
        this.parser = parser;
        this.identity = identity;
        this.tenants = tenants;
        this.publicIsHttps = baseUrl.orElse("").startsWith("https:");
    }

    /** What the sign-in form sends. */
    public record SignIn(@Nullable String token) {}

    /** The business of an operator; times are shown in its zone. */
    public record SessionTenant(UUID id, String name, String timeZone) {}

    /**
     * Who is signed in.
     *
     * @param role the strongest of the token's
     * @param tenant null for an admin of the installation, or while the directory does not know it
     */
    public record Session(
            String name, String role, @Nullable SessionTenant tenant, Instant expiresAt) {}

    @POST
    @PermitAll // the token in the body is what is checked
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Signs in with an operator token: sets the cookie")
    public Response signIn(SignIn signIn, @Context HttpServerRequest request) {
        String token =
                signIn == null || signIn.token() == null ? "" : signIn.token().strip();
        if (token.isEmpty()) {
            throw Problem.invalid("token", "is missing");
        }
        JsonWebToken verified = verify(token);
        long left = verified.getExpirationTime() - Instant.now().getEpochSecond();
        return Response.ok(session(verified))
                .cookie(cookie(token, (int) Math.min(left, Integer.MAX_VALUE), isHttps(request)))
                .build();
    }

    private JsonWebToken verify(String token) {
        try {
            JsonWebToken verified = parser.parse(token);
            if (strongest(verified.getGroups()).isPresent()) {
                return verified;
            }
        } catch (ParseException refused) {
            // Why is not for whoever presents it.
        }
        throw Problem.of(401, "UNAUTHENTICATED", "This token is not valid, or not any more.");
    }

    @GET
    @RolesAllowed({"viewer", "operator", "admin"})
    @Operation(summary = "Who is signed in")
    public Session whoAmI() {
        return session((JsonWebToken) identity.getPrincipal());
    }

    @DELETE
    @PermitAll // signing out must work with an expired token too
    @Operation(summary = "Signs out: removes the cookie")
    public Response signOut(@Context HttpServerRequest request) {
        return Response.noContent().cookie(cookie("", 0, isHttps(request))).build();
    }

    private Session session(JsonWebToken token) {
        Object tenantId = token.getClaim("tenant_id");
        SessionTenant tenant = Optional.ofNullable(tenantId)
                .flatMap(id -> uuid(id.toString()))
                .flatMap(tenants::byId)
                .map((Tenant found) -> new SessionTenant(found.id(), found.name(), found.timeZone()))
                .orElse(null);
        String name = Optional.<Object>ofNullable(token.getClaim("name"))
                .map(Object::toString)
                .orElseGet(() -> Optional.ofNullable(token.getName()).orElse("operator"));
        return new Session(
                name,
                strongest(token.getGroups()).orElse("viewer"),
                tenant,
                Instant.ofEpochSecond(token.getExpirationTime()));
    }

    private static Optional<String> strongest(@Nullable Set<String> groups) {
        return groups == null
                ? Optional.empty()
                : ROLES.stream().filter(groups::contains).findFirst();
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private boolean isHttps(HttpServerRequest request) {
        // Behind the ingress the last hop is plain; locally the public address may be https while the browser comes by
        // http.
        String forwarded = request.getHeader("X-Forwarded-Proto");
        return publicIsHttps && (request.isSSL() || "https".equalsIgnoreCase(forwarded));
    }

    private static NewCookie cookie(String value, int maxAgeSeconds, boolean secure) {
        return new NewCookie.Builder(COOKIE)
                .value(value)
                .path("/")
                .maxAge(maxAgeSeconds)
                .httpOnly(true)
                .secure(secure)
                .sameSite(NewCookie.SameSite.STRICT)
                .build();
    }
}
