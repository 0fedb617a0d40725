package dev.throughline.tools.provisioning;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.twilio.PublicUrl;
import dev.throughline.tools.invocation.ToolSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything the wishes of a tenant follow from.
 *
 * @param base the public address, without a slash at its end
 * @param tools the agent's tools
 * @param voiceId the voice of new agents, null = the provider's own
 * @param secretName under which the agent's present tool secret lies at ElevenLabs; empty when a new one is to be made
 * @param twimlAppSid {@code TWILIO_TWIML_APP_SID}, null when not set
 * @param elevenLabs whether there is an API key
 * @param twilio whether there are credentials
 */
record Setup(
        Tenant tenant,
        String base,
        List<ToolSpec> tools,
        @Nullable String voiceId,
        String secretName,
        @Nullable String twimlAppSid,
        boolean elevenLabs,
        boolean twilio) {

    String url(String path) {
        return base + path;
    }

    /** As {@link #url}, for Twilio: what nobody took is asked or told again. Our answers to a repeat are those to the first. */
    String repeated(String path) {
        return new PublicUrl(base).repeated(path);
    }
}
