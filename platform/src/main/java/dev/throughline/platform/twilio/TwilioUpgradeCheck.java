package dev.throughline.platform.twilio;

import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Refuses, with 403, WebSocket upgrades without a valid Twilio signature on the paths in
 * {@code throughline.twilio.signed-socket-paths} (exact paths, a slash at the end ignored). Other sockets are not concerned.
 */
@Singleton
public final class TwilioUpgradeCheck implements HttpUpgradeCheck {

    private static final Logger LOG = Logger.getLogger(TwilioUpgradeCheck.class);

    private final TwilioVerifier verifier;
    private final List<String> paths;

    TwilioUpgradeCheck(TwilioVerifier verifier, TwilioConfig config) {
        this.verifier = verifier;
        this.paths = config.signedSocketPaths().orElse(List.of()).stream()
                .map(TwilioUpgradeCheck::withoutSlash)
                .toList();
    }

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext context) {
        String path = withoutSlash(context.httpRequest().path());
        if (!paths.contains(path) || verifier.acceptsUpgrade(context.httpRequest())) {
            return CheckResult.permitUpgrade();
        }
        LOG.warnf("upgrade refused: no valid signature, path=%s", path);
        return CheckResult.rejectUpgrade(403);
    }

    private static String withoutSlash(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
