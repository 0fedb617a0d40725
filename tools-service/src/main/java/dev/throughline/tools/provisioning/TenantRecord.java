package dev.throughline.tools.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.throughline.events.EventJson;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.events.tenant.TenantSettings;
import dev.throughline.platform.web.Problem;
import dev.throughline.tools.tenant.Tenants;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The record itself: the ids of what the providers made for it, which all services go by. */
final class TenantRecord implements Shelf {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Tenants tenants;

    TenantRecord(Tenants tenants) {
        this.tenants = tenants;
    }

    @Override
    public Optional<Found> find(Wish wish, @Nullable String rememberedId) {
        Tenant tenant = tenants.find(UUID.fromString(wish.key())).await().atMost(PATIENCE);
        ObjectNode document = EventJson.mapper().createObjectNode();
        document.put("elevenLabsAgentId", tenant.settings().elevenLabsAgentId());
        document.put("elevenLabsTextAgentId", tenant.settings().elevenLabsTextAgentId());
        document.put("twilioPhoneNumberSid", tenant.twilioPhoneNumberSid());
        return Optional.of(new Found(wish.key(), document));
    }

    @Override
    public String create(Wish wish, ObjectNode document) {
        throw new ProviderFailure("There is no such tenant.", null);
    }

    @Override
    public String change(Wish wish, Found found, ObjectNode changed, ObjectNode whole) {
        try {
            tenants.change(UUID.fromString(found.id()), tenant -> changed(tenant, changed))
                    .await()
                    .atMost(PATIENCE);
        } catch (Problem refused) {
            throw new ProviderFailure(refused.detail(), refused.cure());
        }
        return found.id();
    }

    private static Tenant changed(Tenant tenant, ObjectNode changed) {
        TenantSettings settings = tenant.settings();
        return tenant.with(
                changed.path("twilioPhoneNumberSid").asText(tenant.twilioPhoneNumberSid()),
                settings.withAgents(
                        changed.path("elevenLabsAgentId").asText(settings.elevenLabsAgentId()),
                        changed.path("elevenLabsTextAgentId").asText(settings.elevenLabsTextAgentId())));
    }
}
