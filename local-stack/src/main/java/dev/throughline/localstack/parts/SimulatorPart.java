package dev.throughline.localstack.parts;

import dev.throughline.localstack.process.ManagedProcess;
import dev.throughline.localstack.settings.Settings;
import dev.throughline.localstack.settings.SettingsException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The stand-ins, one process for both; it knows the providers' protocols and nothing of the services. */
public final class SimulatorPart {

    private static final String MAIN = "dev.throughline.simulator.Main";

    private SimulatorPart() {}

    /**
     * Starts the stand-ins the settings ask for.
     *
     * @param environment the environment of all parts, which holds the providers' credentials
     * @throws SettingsException when the module was never built
     */
    public static ManagedProcess start(Settings settings, StackPorts ports, Map<String, String> environment)
            throws IOException {
        Path target = settings.directories().root().resolve(Path.of("simulator", "target"));
        if (!Files.isDirectory(target.resolve("classes"))) {
            throw new SettingsException(
                    "simulator is not built: " + target + "/classes is missing. ./dev up builds it.");
        }
        Map<String, String> own = new LinkedHashMap<>(environment);
        if (ports.twilio() != 0) {
            own.put("SIM_TWILIO_PORT", Integer.toString(ports.twilio()));
        }
        if (ports.elevenLabs() != 0) {
            own.put("SIM_ELEVENLABS_PORT", Integer.toString(ports.elevenLabs()));
        }
        own.put("SIM_STATE_DIR", settings.directories().standIns().toString());
        own.put("SIM_PUBLIC_BASE_URL", settings.appBaseUrl());
        own.put("SIM_CONNECT_TO", "http://127.0.0.1:" + ports.front());
        List<String> command = new ArrayList<>(JavaCommand.with("256m", false));
        command.addAll(List.of(
                "-cp",
                target.resolve("classes") + File.pathSeparator + target.resolve("lib") + File.separator + "*",
                MAIN));
        return ManagedProcess.start(
                "simulator",
                command,
                own,
                settings.directories().root(),
                settings.directories().log("simulator"));
    }
}
