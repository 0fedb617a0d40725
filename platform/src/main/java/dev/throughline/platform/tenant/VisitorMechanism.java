package dev.throughline.platform.tenant;

import dev.throughline.platform.security.VisitorTokens;
import dev.throughline.platform.security.VisitorTokens.Visitor;
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
 * Requests that carry {@code X-Visitor-Token}: the chat on a tenant's page. A good token gives the role {@link CurrentTenant#VISITOR} and
 * nothing else; a bad one, or one used from a page of another origin, is refused (401), whatever else the request carries.
 */
@Singleton
public class VisitorMechanism implements HttpAuthenticationMechanism {

    /** The header; not Authorization, where only operators' tokens are understood. */
    public static final String HEADER = "X-Visitor-Token";

    /** The identity's attribute with the {@link Visitor}. */
    public static final String ATTRIBUTE = "visitor";

    private final VisitorTokens tokens;

    VisitorMechanism(VisitorTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        String token = context.request().getHeader(HEADER);
        if (token == null) {
            return Uni.createFrom().nullItem();
        }
        String origin = context.request().getHeader("Origin");
        return tokens.verify(token)
                // A browser leaves the origin out where the page asks its own host; a service that asks for it sends
                // none either.
                .filter(visitor -> origin == null || origin.equals(visitor.origin()))
                .map(visitor -> Uni.createFrom()
                        .<SecurityIdentity>item(QuarkusSecurityIdentity.builder()
                                .setPrincipal(new QuarkusPrincipal("visitor:" + visitor.leadId()))
                                .addRole(CurrentTenant.VISITOR)
                                .addAttribute(ToolSecretMechanism.TENANT_ID, visitor.tenantId())
                                .addAttribute(ATTRIBUTE, visitor)
                                .build()))
                .orElseGet(() -> Uni.createFrom().failure(new AuthenticationFailedException()));
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401));
    }

    /** Before the JWT mechanism: a request with a visitor's token is a visitor's. */
    @Override
    public int getPriority() {
        return DEFAULT_PRIORITY + 50;
    }
}
