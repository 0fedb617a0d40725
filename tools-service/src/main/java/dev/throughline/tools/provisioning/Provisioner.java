package dev.throughline.tools.provisioning;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.elevenlabs.ElevenLabsConfig;
import dev.throughline.platform.elevenlabs.WebhookSecrets;
import dev.throughline.platform.tenant.TenantDirectory;
import dev.throughline.platform.twilio.PublicUrl;
import dev.throughline.platform.twilio.TwilioConfig;
import dev.throughline.platform.web.Problem;
import dev.throughline.tools.invocation.ToolSpecs;
import dev.throughline.tools.provisioning.elevenlabs.ElevenLabsShelves;
import dev.throughline.tools.provisioning.twilio.TwilioShelves;
import dev.throughline.tools.tenant.Tenants;
import dev.throughline.tools.tenant.ToolSecret;
import dev.throughline.tools.tenant.ToolSecretUse;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** Plans and makes what a tenant needs at the providers. Blocking, for a virtual thread. */
@Singleton
public class Provisioner {

    /** The providers a run can set up. */
    static final Set<String> EVERYWHERE = Set.of(Kind.Target.ELEVENLABS.shown(), Kind.Target.TWILIO.shown());

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Tenants tenants;
    private final TenantDirectory directory;
    private final ToolSpecs tools;
    private final ElevenLabsShelves elevenLabs;
    private final TwilioShelves twilio;
    private final ProvisionedIds ids;
    private final PublicUrl publicUrl;
    private final ElevenLabsConfig elevenLabsConfig;
    private final TwilioConfig twilioConfig;
    private final WebhookSecrets webhookSecrets;

    @Inject
    Provisioner(
            Tenants tenants,
            TenantDirectory directory,
            ToolSpecs tools,
            ElevenLabsShelves elevenLabs,
            TwilioShelves twilio,
            ProvisionedIds ids,
            PublicUrl publicUrl,
            ElevenLabsConfig elevenLabsConfig,
            TwilioConfig twilioConfig,
            WebhookSecrets webhookSecrets) {
        this.tenants = tenants;
        this.directory = directory;
        this.tools = tools;
        this.elevenLabs = elevenLabs;
        this.twilio = twilio;
        this.ids = ids;
        this.publicUrl = publicUrl;
        this.elevenLabsConfig = elevenLabsConfig;
        this.twilioConfig = twilioConfig;
        this.webhookSecrets = webhookSecrets;
    }

    /** What would be done. @throws ProviderFailure when a provider cannot be asked */
    public Plan plan(UUID tenantId) {
        Setup setup = setup(tenantId, EVERYWHERE, false);
        SealedWebhookSecret file = new SealedWebhookSecret(ids, webhookSecrets, null);
        return new Plan(run(setup, file).plan(), notes(setup), null);
    }

    /**
     * Does it.
     *
     * @param targets of {@link #EVERYWHERE}, those that are set up
     * @param rotateSecret whether the agents get a new tool secret although theirs is good
     * @param seal for the webhook's secret, should one be made; null: then none is made
     * @throws Problem 409 when another run goes on
     */
    Plan apply(UUID tenantId, Set<String> targets, boolean rotateSecret, @Nullable Seal seal) {
        Setup setup = setup(tenantId, targets, rotateSecret);
        UUID run = ids.begin(tenantId)
                .orElseThrow(() -> Problem.conflict("PROVISIONING_RUNS", "This tenant is being provisioned already.")
                        .cure("Wait until that run is over, five minutes at most."));
        try {
            SealedWebhookSecret file = new SealedWebhookSecret(ids, webhookSecrets, seal);
            List<Plan.Step> steps = run(setup, file).apply();
            return new Plan(steps, notes(setup), file.sealed());
        } finally {
            ids.end(tenantId, run);
        }
    }

    private ProvisioningRun run(Setup setup, SealedWebhookSecret file) {
        Tenant tenant = setup.tenant();
        Map<Kind, Shelf> shelves = new EnumMap<>(Kind.class);
        shelves.putAll(elevenLabs.of(
                tenant.id(),
                store -> newSecret(tenant.id(), store),
                file,
                this::callsAreOurs,
                agentId -> namedByAnother(tenant, agentId)));
        shelves.putAll(twilio.all());
        shelves.put(Kind.RECORD, new TenantRecord(tenants));
        return new ProvisioningRun(Wishes.of(setup), shelves, new ProvisioningRun.Memory() {
            @Override
            public Map<String, String> recall() {
                return ids.of(tenant.id());
            }

            @Override
            public void remember(Wish wish, String id) {
                ids.remember(wish.installationWide() ? ProvisionedIds.INSTALLATION : tenant.id(), wish.id(), id);
            }
        });
    }

    private Setup setup(UUID tenantId, Set<String> targets, boolean rotateSecret) {
        Tenant tenant = tenants.find(tenantId).await().atMost(PATIENCE);
        Optional<String> secret = rotateSecret
                ? Optional.empty()
                : tenants.agentSecret(tenant).await().atMost(PATIENCE);
        return new Setup(
                tenant,
                publicUrl.base(),
                tools.all(),
                elevenLabsConfig.voiceId().filter(id -> !id.isBlank()).orElse(null),
                secret.map(hash -> ElevenLabsShelves.secretName(tenantId, hash)).orElse(""),
                twilioConfig.twimlAppSid().filter(sid -> !sid.isBlank()).orElse(null),
                elevenLabs.isConfigured() && targets.contains(Kind.Target.ELEVENLABS.shown()),
                twilio.isConfigured() && targets.contains(Kind.Target.TWILIO.shown()));
    }

    private boolean namedByAnother(Tenant tenant, String agentId) {
        return directory.all().stream()
                .filter(other -> !other.id().equals(tenant.id()))
                .map(Tenant::settings)
                .anyMatch(settings -> agentId.equals(settings.elevenLabsAgentId())
                        || agentId.equals(settings.elevenLabsTextAgentId()));
    }

    private String newSecret(UUID tenantId, BinaryOperator<String> store) {
        ToolSecret secret = ToolSecret.create();
        String id = store.apply(ElevenLabsShelves.secretName(tenantId, secret.hash()), secret.value());
        tenants.rotate(tenantId, secret, ToolSecretUse.OF_AGENTS).await().atMost(PATIENCE);
        return id;
    }

    private boolean callsAreOurs(String number) {
        return twilio.voiceUrl(number)
                .filter(url -> url.startsWith(publicUrl.base() + "/"))
                .isPresent();
    }

    private List<String> notes(Setup setup) {
        List<String> notes = new ArrayList<>();
        if (!elevenLabs.isConfigured()) {
            notes.add("ElevenLabs is left out: ELEVENLABS_API_KEY is not set.");
        }
        if (!twilio.isConfigured()) {
            notes.add("Twilio is left out: TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN are not set.");
        }
        String app = ids.of(setup.tenant().id()).get(Wishes.TWIML_APP);
        if (app != null && !app.equals(setup.twimlAppSid())) {
            notes.add("Browsers and conferences reach the TwiML App that TWILIO_TWIML_APP_SID names: set it to " + app
                    + " and restart telephony-gateway.");
        }
        return notes;
    }
}
