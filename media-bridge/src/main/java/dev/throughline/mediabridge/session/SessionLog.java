package dev.throughline.mediabridge.session;

import dev.throughline.mediabridge.admission.CallFacts;
import dev.throughline.platform.logging.LogIds;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The log of one stream: every line carries the ids, none carries content. One thread. */
final class SessionLog {

    private static final Logger LOG = Logger.getLogger(BridgeSession.class);

    private @Nullable CallFacts call;
    private @Nullable String conversationId;

    void call(CallFacts facts) {
        this.call = facts;
    }

    void conversation(@Nullable String id) {
        this.conversationId = id;
    }

    void info(String format, Object... arguments) {
        log(Logger.Level.INFO, null, format, arguments);
    }

    void warn(String format, Object... arguments) {
        log(Logger.Level.WARN, null, format, arguments);
    }

    void error(Throwable failure, String message) {
        log(Logger.Level.ERROR, failure, message);
    }

    private void log(Logger.Level level, @Nullable Throwable failure, String format, Object... arguments) {
        try (LogIds ids = LogIds.of()) {
            if (call != null) {
                ids.call(call.callSid())
                        .lead(call.leadId())
                        .tenant(call.tenant().id());
            }
            ids.conversation(conversationId);
            LOG.logf(level, failure, format, arguments);
        }
    }
}
