package dev.throughline.localstack.cli;

import dev.throughline.localstack.http.JsonHttp;
import dev.throughline.localstack.secrets.LocalSecrets;
import dev.throughline.localstack.secrets.OperatorTokens;
import dev.throughline.localstack.settings.Settings;
import dev.throughline.localstack.settings.SettingsException;
import dev.throughline.localstack.stack.StackInfo;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/** The running stack's public surface, as an admin of the installation sees it. */
final class RunningApi {

    private RunningApi() {}

    /** @throws SettingsException when nothing runs */
    static JsonHttp admin(Settings settings) throws IOException {
        StackInfo stack = StackInfo.running(settings.directories())
                .orElseThrow(() -> new SettingsException("Throughline is not running: start it with ./dev up."));
        String token = new OperatorTokens(
                        LocalSecrets.in(settings.directories().home()).privateKey(), Clock.systemUTC())
                .issue(OperatorTokens.Role.ADMIN, Optional.empty());
        return JsonHttp.bearing(stack.url(), token);
    }
}
