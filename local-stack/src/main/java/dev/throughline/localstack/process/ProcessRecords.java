package dev.throughline.localstack.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The records of one data directory: written when a part starts, removed when it ends, read by the commands and the next start. */
public final class ProcessRecords {

    /** The record of the process that runs {@code ./dev up} itself. */
    public static final String LAUNCHER = "launcher";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final Path directory;

    public ProcessRecords(Path directory) {
        this.directory = directory;
    }

    /** Writes {@code record} over an older one of the same name. */
    public void write(ProcessRecord record) throws IOException {
        Files.createDirectories(directory);
        Path temporary = Files.createTempFile(directory, record.name(), ".new");
        JSON.writeValue(temporary.toFile(), record);
        Files.move(temporary, file(record.name()), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes the record of {@code name}, if there is one. */
    public void remove(String name) throws IOException {
        Files.deleteIfExists(file(name));
    }

    /** The record of {@code name}; empty when there is none or it cannot be read. */
    public Optional<ProcessRecord> read(String name) {
        try {
            return Optional.of(JSON.readValue(file(name).toFile(), ProcessRecord.class));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** All readable records, by name. */
    public List<ProcessRecord> all() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .map(name -> read(name.substring(0, name.length() - ".json".length())))
                    .flatMap(Optional::stream)
                    .sorted(Comparator.comparing(ProcessRecord::name))
                    .toList();
        }
    }

    /**
     * Ends every recorded process that still runs and forgets all records: services before the servers they write to.
     *
     * @return the names of those that were ended
     */
    public List<String> endLeftovers() throws IOException {
        List<String> ended = new ArrayList<>();
        Map<Integer, List<ProcessRecord>> tiers =
                all().stream().collect(Collectors.groupingBy(ProcessRecords::tier, TreeMap::new, Collectors.toList()));
        for (List<ProcessRecord> tier : tiers.values()) {
            ended.addAll(tier.parallelStream()
                    .filter(ProcessRecords::end)
                    .map(ProcessRecord::name)
                    .toList());
            for (ProcessRecord record : tier) {
                remove(record.name());
            }
        }
        return ended;
    }

    private static int tier(ProcessRecord record) {
        return switch (record.name()) {
            case LAUNCHER -> 0;
            case "kafka" -> 2;
            case "postgres" -> 3;
            default -> 1;
        };
    }

    private static boolean end(ProcessRecord record) {
        Optional<ProcessHandle> running = record.running()
                .filter(process -> process.pid() != ProcessHandle.current().pid());
        running.ifPresent(
                process -> Termination.end(process, PATIENCE, record.name().equals("postgres")));
        return running.isPresent();
    }

    private Path file(String name) {
        return directory.resolve(name + ".json");
    }
}
