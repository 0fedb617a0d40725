package dev.throughline.tools.invocation;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.elevenlabs.ElevenLabsVerifier;
import dev.throughline.platform.tenant.CurrentTenant;
import dev.throughline.platform.tenant.TenantDirectory;
import dev.throughline.platform.tenant.ToolSecretMechanism;
import dev.throughline.platform.web.Problem;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which tenant a call of an agent is for. With a tool secret: the secret's, and a call that names another is refused. With ElevenLabs'
 * signature: the one it names, by id or by agent. With neither: nobody.
 */
@RequestScoped
class AgentCaller {

    private final SecurityIdentity identity;
    private final CurrentTenant current;
    private final TenantDirectory tenants;
    private final ElevenLabsVerifier verifier;

    @Inject
    AgentCaller(
            SecurityIdentity identity, CurrentTenant current, TenantDirectory tenants, ElevenLabsVerifier verifier) {
        this.identity = identity;
        this.current = current;
        this.tenants = tenants;
        this.verifier = verifier;
    }

    /**
     * Lets nobody pass who has neither a tool secret nor a signature. To be called before anything of the request is read.
     *
     * @param body raw; of a GET request nothing, and then the raw query is what must be signed
     * @throws Problem 403
     */
    void mustBeTrusted(HttpServerRequest request, byte @Nullable [] body) {
        if (hasSecret()) {
            return;
        }
        String query = request.query();
        byte[] signed = body != null ? body : (query == null ? "" : query).getBytes(StandardCharsets.UTF_8);
        if (!verifier.accepts(request, signed)) {
            throw Problem.forbidden("A tool secret or a valid signature is needed.");
        }
    }

    /**
     * The tenant of a trusted call.
     *
     * @param tenantId as named by the call, empty when not
     * @param agentId as named by the call, empty when not
     * @throws Problem 403 when the secret is another tenant's, 400 when a signed call names none, 404 when it names an unknown one
     */
    Tenant tenant(String tenantId, String agentId) {
        if (hasSecret()) {
            Tenant own = current.tenant();
            if (!tenantId.isEmpty() && !own.id().toString().equalsIgnoreCase(tenantId)) {
                throw Problem.forbidden("The tool secret belongs to another tenant.");
            }
            return own;
        }
        if (tenantId.isEmpty() && agentId.isEmpty()) {
            throw Problem.invalid("tenantId", "is required");
        }
        Optional<UUID> id = ToolCall.uuid(tenantId);
        Optional<Tenant> named = tenantId.isEmpty() ? ofAgent(agentId) : id.flatMap(tenants::byId);
        return named.orElseThrow(() -> Problem.of(404, "TENANT_NOT_FOUND", "There is no such tenant."));
    }

    private boolean hasSecret() {
        // The attribute, not only the role: a role is a word any token could hold.
        return identity.hasRole(ToolSecretMechanism.ROLE)
                && identity.getAttribute(ToolSecretMechanism.TENANT_ID) instanceof UUID;
    }

    private Optional<Tenant> ofAgent(String agentId) {
        return tenants.all().stream()
                .filter(tenant -> agentId.equals(tenant.settings().elevenLabsAgentId())
                        || agentId.equals(tenant.settings().elevenLabsTextAgentId()))
                .findFirst();
    }
}
