package dev.throughline.platform.config;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The main class of every service: checks the environment first, so that a missing variable is one readable message and exit status 2,
 * not the stack trace of whatever needed it. What is required stands in the service's {@code application.properties} as
 * {@code throughline.required=NAME,NAME,…}.
 */
@QuarkusMain
public final class ServiceMain {

    private static final int EXIT_MISCONFIGURED = 2;

    ServiceMain() {}

    public static void main(String[] args) {
        Properties application = application();
        List<String> problems = StartupChecks.problems(environment(), required(application));
        if (!problems.isEmpty()) {
            String name = application.getProperty("quarkus.application.name", "The service");
            System.err.println(name + " cannot start:");
            problems.forEach(problem -> System.err.println("  - " + problem));
            System.exit(EXIT_MISCONFIGURED);
        }
        Quarkus.run(args);
    }

    private static List<String> required(Properties application) {
        return Stream.of(application.getProperty("throughline.required", "").split(","))
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** The environment, and system properties of the same names over it. */
    private static Map<String, String> environment() {
        Map<String, String> all = new HashMap<>(System.getenv());
        System.getProperties().forEach((name, value) -> all.put(name.toString(), value.toString()));
        return all;
    }

    private static Properties application() {
        Properties properties = new Properties();
        try (InputStream in =
                Thread.currentThread().getContextClassLoader().getResourceAsStream("application.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new IllegalStateException("application.properties cannot be read", e);
        }
        return properties;
    }
}
