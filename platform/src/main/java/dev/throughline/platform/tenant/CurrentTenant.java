package dev.throughline.platform.tenant;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.security.VisitorTokens.Visitor;
import dev.throughline.platform.web.Problem;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * The tenant this request may act for: of the operator's token (claim {@code tenant_id}) or of the tool secret. Every repository call
 * takes its tenant from here, never from a body, a path or a query alone.
 */
@RequestScoped
public class CurrentTenant {

    /** The role of the chat on a tenant's page, given by {@link VisitorMechanism} alone. */
    public static final String VISITOR = "visitor";

    private final SecurityIdentity identity;
    private final TenantDirectory tenants;

    @Inject
    protected CurrentTenant(SecurityIdentity identity, TenantDirectory tenants) {
        this.identity = identity;
        this.tenants = tenants;
    }

    /** The tenant named by the token or the secret; empty for an admin of the whole installation. */
    public Optional<UUID> id() {
        return of(identity);
    }

    /**
     * As {@link #id()}, where there is no request scope to ask in.
     *
     * @throws Problem 403 when the token's tenant is no UUID
     */
    public static Optional<UUID> of(SecurityIdentity identity) {
        Object attribute = identity.getAttribute(ToolSecretMechanism.TENANT_ID);
        if (attribute instanceof UUID tenantId) {
            return Optional.of(tenantId);
        }
        if (identity.getPrincipal() instanceof JsonWebToken token && token.getClaim("tenant_id") != null) {
            try {
                return Optional.of(UUID.fromString(token.getClaim("tenant_id").toString()));
            } catch (IllegalArgumentException malformed) {
                throw Problem.forbidden("The token's tenant_id is not a UUID.");
            }
        }
        return Optional.empty();
    }

    /** The visitor whose token this is; empty for every other token. A visitor may ask for what is its lead's, and for nothing else. */
    public Optional<Visitor> visitor() {
        return identity.getAttribute(VisitorMechanism.ATTRIBUTE) instanceof Visitor visitor
                ? Optional.of(visitor)
                : Optional.empty();
    }

    /** Whether this is an admin whose token names no tenant, i.e. of the installation. */
    public boolean isInstallationAdmin() {
        return identity.getPrincipal() instanceof JsonWebToken && identity.hasRole("admin") && id().isEmpty();
    }

    /** The caller's own tenant id. @throws Problem 403 when it has none */
    public UUID require() {
        return id().orElseThrow(() -> Problem.forbidden("This needs a token of one tenant."));
    }

    /**
     * Checks that the caller may act for a tenant and gives its id back. An admin of the installation may act for any.
     *
     * @throws Problem 404 when it is another's, so that ids cannot be probed; 403 for a token without tenant that is no admin
     */
    public UUID require(UUID tenantId) {
        if (isInstallationAdmin()) {
            return tenantId;
        }
        if (!require().equals(tenantId)) {
            throw Problem.notFound("There is no such tenant.");
        }
        return tenantId;
    }

    /** As {@link #require(UUID)}, of a text. @throws Problem 404 when it is no UUID */
    public UUID require(String tenantId) {
        try {
            return require(UUID.fromString(tenantId));
        } catch (IllegalArgumentException malformed) {
            throw Problem.notFound("There is no such tenant.");
        }
    }

    /** The caller's own tenant. @throws Problem 403 when it has none, 404 when the directory does not know it */
    public Tenant tenant() {
        return tenants.byId(require()).orElseThrow(() -> Problem.notFound("There is no such tenant."));
    }
}
