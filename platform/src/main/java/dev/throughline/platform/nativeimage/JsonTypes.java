package dev.throughline.platform.nativeimage;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.graalvm.nativeimage.hosted.Feature;
import org.graalvm.nativeimage.hosted.RuntimeReflection;
import org.jspecify.annotations.Nullable;

/**
 * Registers what Jackson reads and writes by reflection for a native executable: every record and every enum of ours, because events,
 * contexts and answers are made of nothing else. The framework registers those it sees in the signatures of resources only.
 *
 * <p>Runs inside {@code native-image}, which finds it by {@code META-INF/native-image/dev.throughline/platform}.
 */
public final class JsonTypes implements Feature {

    private static final String OURS = "dev/throughline";
    private static final String CLASS = ".class";

    @Override
    public String getDescription() {
        return "Registers Throughline's records and enums for JSON";
    }

    @Override
    public void beforeAnalysis(BeforeAnalysisAccess access) {
        in(access.getApplicationClassPath(), access::findClassByName).forEach(JsonTypes::register);
    }

    /**
     * The records and enums below {@code dev.throughline} on a class path.
     *
     * @param classPath jars and directories of classes
     * @param byName finds a class without initialising it; null when it cannot be loaded, because what it needs is not there
     */
    static List<Class<?>> in(List<Path> classPath, Function<String, @Nullable Class<?>> byName) {
        TreeSet<String> names = new TreeSet<>();
        for (Path entry : classPath) {
            try {
                names.addAll(names(entry));
            } catch (IOException e) {
                throw new IllegalStateException(entry + " cannot be read for the types that JSON is made of", e);
            }
        }
        return names.stream()
                .<Class<?>>mapMulti((name, found) -> {
                    Class<?> type = byName.apply(name);
                    if (type != null && (type.isRecord() || type.isEnum())) {
                        found.accept(type);
                    }
                })
                .toList();
    }

    private static List<String> names(Path entry) throws IOException {
        if (Files.isDirectory(entry)) {
            return namesBelow(entry);
        }
        if (!Files.isRegularFile(entry)) {
            return List.of();
        }
        try (FileSystem jar = FileSystems.newFileSystem(entry)) {
            return namesBelow(jar.getPath("/"));
        }
    }

    private static List<String> namesBelow(Path root) throws IOException {
        Path ours = root.resolve(OURS);
        if (!Files.isDirectory(ours)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(ours)) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(file -> file.endsWith(CLASS) && !file.endsWith("package-info.class"))
                    .map(file -> file.substring(0, file.length() - CLASS.length())
                            .replace('/', '.')
                            .replace('\\', '.'))
                    .toList();
        }
    }

    private static void register(Class<?> type) {
        try {
            RuntimeReflection.register(type.getDeclaredConstructors());
            RuntimeReflection.register(type.getDeclaredMethods());
            RuntimeReflection.register(type.getDeclaredFields());
        } catch (LinkageError unused) {
            // It speaks of what this service does not bring, such as a database: then nothing of it is read here.
            return;
        }
        RuntimeReflection.register(type);
        if (type.isRecord()) {
            RuntimeReflection.registerAllRecordComponents(type);
        }
    }
}
