package dev.throughline.localstack.parts;

import dev.throughline.localstack.process.ManagedProcess;
import dev.throughline.localstack.settings.Directories;
import dev.throughline.localstack.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** One of the five services as a JVM of its own, started from what its module built. */
public final class ServicePart {

    private ServicePart() {}

    /**
     * Starts a process of {@code service}.
     *
     * @param name of the process and its log: the module's, or another for a second one of the same
     * @param common the environment all services share
     * @param databaseUrl the address of a database, asked for only when the service has one
     * @throws IOException when its log cannot be written
     */
    public static ManagedProcess start(
            ServiceModule service,
            String name,
            Directories directories,
            int port,
            int managementPort,
            Map<String, String> common,
            UnaryOperator<String> databaseUrl)
            throws IOException {
        boolean quick = service != ServiceModule.MEDIA_BRIDGE;
        return start(service, name, directories, port, managementPort, common, databaseUrl, quick);
    }

    /** As above. @param quick as in {@link JavaCommand#with}; false for one that is measured */
    public static ManagedProcess start(
            ServiceModule service,
            String name,
            Directories directories,
            int port,
            int managementPort,
            Map<String, String> common,
            UnaryOperator<String> databaseUrl,
            boolean quick)
            throws IOException {
        Path jar = jar(service, directories);
        if (!Files.exists(jar)) {
            throw new SettingsException(
                    service.module() + " is not built: " + jar + " is missing. ./dev up builds it.");
        }
        Map<String, String> environment = new LinkedHashMap<>(common);
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
        environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort));
        service.database()
                .ifPresentOrElse(
                        database -> environment.put("DATABASE_URL", databaseUrl.apply(database)),
                        () -> environment.remove("DATABASE_URL"));
        List<String> command = new ArrayList<>(JavaCommand.with("256m", quick));
        command.addAll(List.of("-Djava.util.logging.manager=org.jboss.logmanager.LogManager", "-jar", jar.toString()));
        return ManagedProcess.start(name, command, environment, directories.root(), directories.log(name));
    }

    /**
     * Looks for all five, before anything is started.
     *
     * @throws SettingsException when a module was never built
     */
    public static void requireBuilt(Directories directories) {
        for (ServiceModule service : ServiceModule.values()) {
            Path jar = jar(service, directories);
            if (!Files.exists(jar)) {
                throw new SettingsException(
                        service.module() + " is not built: " + jar + " is missing. ./dev up builds it.");
            }
        }
    }

    /** Where the module's build leaves the runnable service. */
    public static Path jar(ServiceModule service, Directories directories) {
        return directories.root().resolve(Path.of(service.module(), "target", "quarkus-app", "quarkus-run.jar"));
    }
}
