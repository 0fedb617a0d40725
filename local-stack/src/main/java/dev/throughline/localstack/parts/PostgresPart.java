package dev.throughline.localstack.parts;

import dev.throughline.localstack.process.Termination;
import dev.throughline.localstack.settings.Directories;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * PostgreSQL 18, the real server, from the binaries of {@code io.zonky.test.postgres}. The cluster stays between runs. It listens on
 * the loopback address alone and trusts whoever comes from there.
 */
public final class PostgresPart implements AutoCloseable {

    private static final String USER = "postgres";

    private final EmbeddedPostgres server;
    private final Path dataDirectory;
    private final int port;

    private PostgresPart(EmbeddedPostgres server, Path dataDirectory, int port) {
        this.server = server;
        this.dataDirectory = dataDirectory;
        this.port = port;
    }

    /**
     * Starts the server and returns when it takes connections and every service's database exists.
     *
     * @throws IOException when the binaries cannot be unpacked or the server does not start within a minute
     * @throws SQLException when a database cannot be made
     */
    public static PostgresPart start(Directories directories, int port) throws IOException, SQLException {
        return start(directories, port, Map.of());
    }

    /** As above. @param further settings of the server; what it acknowledges is on the disk only when they ask for that */
    public static PostgresPart start(Directories directories, int port, Map<String, String> further)
            throws IOException, SQLException {
        Path data = directories.postgresData();
        Files.createDirectories(directories.postgresBinaries());
        Files.createDirectories(data.getParent());
        endStray(data);
        ProcessBuilder.Redirect log =
                ProcessBuilder.Redirect.appendTo(directories.log("postgres").toFile());
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(directories.postgresBinaries().toFile())
                .setPort(port)
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("max_connections", "200")
                .setServerConfig("shared_buffers", "32MB")
                .setPGStartupWait(Duration.ofSeconds(60))
                .setRegisterShutdownHook(false)
                .setErrorRedirector(log)
                .setOutputRedirector(log);
        further.forEach(builder::setServerConfig);
        EmbeddedPostgres server = builder.start();
        PostgresPart part = new PostgresPart(server, data, port);
        part.createDatabases();
        return part;
    }

    /** The address of {@code database} in the form services take in {@code DATABASE_URL}. */
    public String url(String database) {
        return url(database, port);
    }

    /** As above, by another port that leads here. */
    public String url(String database, int port) {
        return "postgresql://" + USER + ":" + USER + "@127.0.0.1:" + port + "/" + database;
    }

    /** The server's process, as its pid file says. */
    public Optional<ProcessHandle> process() {
        return pidIn(dataDirectory).flatMap(ProcessHandle::of);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void createDatabases() throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            Set<String> existing = new HashSet<>();
            try (ResultSet rows = statement.executeQuery("SELECT datname FROM pg_database")) {
                while (rows.next()) {
                    existing.add(rows.getString(1));
                }
            }
            for (ServiceModule service : ServiceModule.values()) {
                String database = service.database().orElse("");
                if (!database.isEmpty() && existing.add(database)) {
                    statement.execute("CREATE DATABASE " + database);
                }
            }
        }
    }

    /**
     * Ends a server that still runs on this cluster without a record, and removes the pid file of one that was killed: the next server
     * refuses to start while that number belongs to any live process, even one that is no PostgreSQL. Only for the holder of the
     * data directory's lock.
     */
    public static void endStray(Path data) throws IOException {
        pidIn(data)
                .flatMap(ProcessHandle::of)
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info().command().orElse("").contains("postgres"))
                .ifPresent(process -> Termination.end(process, Duration.ofSeconds(8), true));
        Files.deleteIfExists(data.resolve("postmaster.pid"));
    }

    private static Optional<Long> pidIn(Path data) {
        try {
            return Files.readAllLines(data.resolve("postmaster.pid")).stream()
                    .findFirst()
                    .map(String::strip)
                    .map(Long::parseLong);
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
