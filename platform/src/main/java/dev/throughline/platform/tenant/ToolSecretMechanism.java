package dev.throughline.platform.tenant;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/**
 * Requests that carry {@code X-Tool-Secret}: ElevenLabs' tool calls and its conversation-initiation webhook, which it does not sign.
 * A known secret gives the role {@value #ROLE} and the tenant it belongs to; an unknown one is refused (401), whatever else the
 * request carries.
 */
@Singleton
public class ToolSecretMechanism implements HttpAuthenticationMechanism {

    /** The header. */
    public static final String HEADER = "X-Tool-Secret";

    /** The role, for {@code @RolesAllowed}. */
    public static final String ROLE = "tool";

    /** The identity's attribute with the tenant's id, a {@link java.util.UUID}. */
    public static final String TENANT_ID = "tenantId";

    private final TenantDirectory tenants;

    ToolSecretMechanism(TenantDirectory tenants) {
        this.tenants = tenants;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        String secret = context.request().getHeader(HEADER);
        if (secret == null) {
            return Uni.createFrom().nullItem();
        }
        return tenants.byToolSecret(secret)
                .map(tenant -> Uni.createFrom()
                        .<SecurityIdentity>item(QuarkusSecurityIdentity.builder()
                                .setPrincipal(new QuarkusPrincipal("tool:" + tenant.id()))
                                .addRole(ROLE)
                                .addAttribute(TENANT_ID, tenant.id())
                                .build()))
                .orElseGet(() -> Uni.createFrom().failure(new AuthenticationFailedException()));
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401));
    }

    /** Before the JWT mechanism: a request with a tool secret is a tool's. */
    @Override
    public int getPriority() {
        return DEFAULT_PRIORITY + 100;
    }
}
