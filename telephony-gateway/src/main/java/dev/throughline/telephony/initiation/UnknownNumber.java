package dev.throughline.telephony.initiation;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.events.tenant.TenantSettings;
import dev.throughline.platform.elevenlabs.AgentMessages;
import dev.throughline.platform.elevenlabs.ConversationVariables;
import dev.throughline.platform.elevenlabs.ConversationVariables.Facts;
import dev.throughline.platform.elevenlabs.ConversationVariables.Medium;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The answer to an {@link InitiationQuestion} about nobody's number, as JSON text. Pure. */
final class UnknownNumber {

    private static final UUID NOBODY = new UUID(0, 0);

    /** Gives the answer to an unknown number every variable's name; whose call it is stays empty. */
    private static final Tenant UNKNOWN = new Tenant(
            NOBODY,
            "our business",
            null,
            null,
            "UTC",
            "US",
            "en",
            Tenant.VoicePath.NATIVE,
            TenantSettings.empty(),
            List.of(),
            0);

    private UnknownNumber() {}

    /** For a number that is nobody's: complete, so that the call goes on. */
    static String answer(InitiationQuestion question, Instant now) {
        Map<String, String> variables =
                new LinkedHashMap<>(ConversationVariables.of(UNKNOWN, Optional.empty(), facts(question), now));
        variables.put("tenant_id", "");
        variables.put("tenant_name", "");
        variables.put("lead_id", "");
        variables.put(ConversationStart.CONVERSATION_ID, question.conversationId());
        return AgentMessages.initiation(variables);
    }

    private static Facts facts(InitiationQuestion question) {
        return new Facts(NOBODY, question.callerId(), question.callSid(), question.callSid(), Medium.VOICE);
    }
}
