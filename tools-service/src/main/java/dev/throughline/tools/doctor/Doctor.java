package dev.throughline.tools.doctor;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.elevenlabs.WebhookSecrets;
import dev.throughline.platform.tenant.TenantDirectory;
import dev.throughline.platform.twilio.PublicUrl;
import dev.throughline.platform.twilio.TwilioConfig;
import dev.throughline.platform.web.Problem;
import dev.throughline.tools.provisioning.ProviderFailure;
import dev.throughline.tools.provisioning.Provisioner;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Examines a set-up. Blocking, for a virtual thread. */
@Singleton
class Doctor {

    /** Those that read what ElevenLabs signs. */
    private static final List<String> SIGNED_BY_ELEVENLABS = List.of("conversation-context", "tools-service");

    private static final String BRIDGE = "media-bridge";

    private final PublicUrl publicUrl;
    private final DoctorConfig config;
    private final PublicProbe probe;
    private final Credentials credentials;
    private final Provisioner provisioner;
    private final TenantDirectory tenants;
    private final TwilioConfig twilio;
    private final WebhookSecrets webhookSecrets;

    @Inject
    Doctor(
            PublicUrl publicUrl,
            DoctorConfig config,
            PublicProbe probe,
            Credentials credentials,
            Provisioner provisioner,
            TenantDirectory tenants,
            TwilioConfig twilio,
            WebhookSecrets webhookSecrets) {
        this.publicUrl = publicUrl;
        this.config = config;
        this.probe = probe;
        this.credentials = credentials;
        this.provisioner = provisioner;
        this.tenants = tenants;
        this.twilio = twilio;
        this.webhookSecrets = webhookSecrets;
    }

    /** Everything that was looked at, what concerns all tenants first. */
    List<Check> examine(UUID tenantId) {
        Tenant tenant = tenants.byId(tenantId).orElseThrow(() -> Problem.notFound("There is no such tenant."));
        List<Check> checks = new ArrayList<>();
        checks.add(address());
        checks.addAll(reached());
        checks.addAll(signatures());
        checks.addAll(credentials.checks(tenant));
        checks.addAll(setUp(tenantId));
        return checks;
    }

    private Check address() {
        String title = "the public address is one that providers call";
        boolean secure = publicUrl.base().startsWith("https://");
        return secure || config.connectTo().isPresent()
                ? Check.ok("public-url", title, "It is " + publicUrl.base() + ".")
                : Check.fault(
                        "public-url",
                        title,
                        "It is " + publicUrl.base() + ", and Twilio opens streams to wss:// alone.",
                        "Set APP_BASE_URL to an https address.");
    }

    private List<Check> reached() {
        Optional<String> token = twilio.authToken().filter(value -> !value.isBlank());
        List<Check> checks = new ArrayList<>();
        if (token.isEmpty()) {
            return checks;
        }
        for (String service : config.services()) {
            checks.add(PublicAddress.twilio(service, publicUrl.base(), probe.twilio(service, token.get())));
        }
        if (config.services().contains(BRIDGE)) {
            checks.add(PublicAddress.socket(publicUrl.base(), probe.socket("/media-stream", token.get())));
        }
        return checks;
    }

    private List<Check> signatures() {
        List<String> secrets = webhookSecrets.current();
        if (secrets.isEmpty()) {
            return List.of(
                    Check.fault(
                            "signature.elevenlabs",
                            "ElevenLabs' webhooks can be verified",
                            "Their secret is not known here, so every transcript is refused.",
                            "Run ./dev provision, or set ELEVENLABS_WEBHOOK_SECRET to the secret shown when the webhook was made."));
        }
        return SIGNED_BY_ELEVENLABS.stream()
                .filter(config.services()::contains)
                .map(service -> PublicAddress.elevenLabs(
                        service, publicUrl.base(), probe.elevenLabs(service, secrets.getFirst())))
                .toList();
    }

    private List<Check> setUp(UUID tenantId) {
        try {
            return new SetUp(tenantId.toString()).checks(provisioner.plan(tenantId));
        } catch (ProviderFailure failure) {
            return List.of(Check.fault("set-up", "the providers are set up", failure.what(), failure.cure()));
        }
    }
}
