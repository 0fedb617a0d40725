package dev.throughline.localstack.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.localstack.cli.DemoCommand;
import dev.throughline.localstack.process.Ports;
import dev.throughline.localstack.settings.Settings;
import dev.throughline.localstack.stack.Progress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The system test: the demo story on processes as {@code ./dev up} starts them, with data of its own on free ports. */
class DemoStoryIT {

    @TempDir
    private Path home;

    @Test
    @Timeout(420)
    void shouldSeeEveryStepOfTheStoryToBeTrue() throws Exception {
        Path root = Path.of(System.getProperty("throughline.root", ".."));
        Map<String, String> environment = new HashMap<>(System.getenv());
        // Whatever the machine is set up for, this test runs against the stand-ins alone.
        List.of(
                        "TWILIO_API_BASE_URL",
                        "TWILIO_ACCOUNT_SID",
                        "TWILIO_AUTH_TOKEN",
                        "ELEVENLABS_API_BASE_URL",
                        "ELEVENLABS_API_KEY",
                        "APP_BASE_URL",
                        "WEBHOOK_BASE_URL")
                .forEach(environment::remove);
        environment.put("THROUGHLINE_HOME", home.toString());
        environment.put("PORT", Integer.toString(new Ports().free()));

        int status = DemoCommand.run(Settings.read(root, environment), new Progress(System.out));

        assertThat(status).isZero();
    }
}
