package dev.throughline.telephony.signedurl;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.telephony.initiation.ConversationStart;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The overrides of a conversation as the official client takes them (ElevenLabs, <i>JavaScript SDK</i>, overrides). Pure. */
final class ClientOverrides {

    private static final Pattern NEXT_WORD = Pattern.compile("_([a-z])");

    private ClientOverrides() {}

    /** Of {@code agent.first_message} becomes {@code {"agent": {"firstMessage": …}}}; only what the tenant's agent allows. */
    static Map<String, Map<String, Object>> of(Tenant tenant) {
        Map<String, Map<String, Object>> overrides = new TreeMap<>();
        ConversationStart.overrides(tenant).forEach((path, value) -> {
            String[] parts = path.split("\\.", 2);
            overrides.computeIfAbsent(parts[0], ignored -> new TreeMap<>()).put(camelCase(parts[1]), value);
        });
        return overrides;
    }

    private static String camelCase(String words) {
        return NEXT_WORD.matcher(words).replaceAll(next -> next.group(1).toUpperCase(Locale.ROOT));
    }
}
