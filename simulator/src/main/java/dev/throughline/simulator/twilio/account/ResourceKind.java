package dev.throughline.simulator.twilio.account;

import java.util.List;

/** Resources of the account that are nothing but a set of settings. */
public enum ResourceKind {
    /** A TwiML App: what browsers call, and what an {@code app:} address names. */
    APPLICATION(
            "AP",
            "Applications",
            "applications",
            "FriendlyName",
            List.of(
                    "FriendlyName",
                    "ApiVersion",
                    "VoiceUrl",
                    "VoiceMethod",
                    "VoiceFallbackUrl",
                    "VoiceFallbackMethod",
                    "StatusCallback",
                    "StatusCallbackMethod",
                    "VoiceCallerIdLookup",
                    "SmsUrl",
                    "SmsMethod",
                    "SmsFallbackUrl",
                    "SmsFallbackMethod",
                    "SmsStatusCallback",
                    "MessageStatusCallback")),
    /** A SIP domain: what a SIP telephone calls. */
    SIP_DOMAIN(
            "SD",
            "SIP/Domains",
            "domains",
            "DomainName",
            List.of(
                    "DomainName",
                    "FriendlyName",
                    "VoiceUrl",
                    "VoiceMethod",
                    "VoiceFallbackUrl",
                    "VoiceFallbackMethod",
                    "VoiceStatusCallbackUrl",
                    "VoiceStatusCallbackMethod"));

    private final String prefix;
    private final String path;
    private final String listKey;
    private final String nameSetting;
    private final List<String> settings;

    ResourceKind(String prefix, String path, String listKey, String nameSetting, List<String> settings) {
        this.prefix = prefix;
        this.path = path;
        this.listKey = listKey;
        this.nameSetting = nameSetting;
        this.settings = settings;
    }

    String prefix() {
        return prefix;
    }

    String path() {
        return path;
    }

    String listKey() {
        return listKey;
    }

    /** The setting lists are filtered by. */
    String nameSetting() {
        return nameSetting;
    }

    List<String> settings() {
        return settings;
    }
}
