package dev.throughline.platform.elevenlabs;

import dev.throughline.platform.security.Sha256;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The secrets ElevenLabs signs its webhooks with: those of the configuration, and those of a file that is looked at again every second,
 * because ElevenLabs makes such a secret only when the services already run. Never printed.
 */
@Singleton
public final class WebhookSecrets {

    private static final Logger LOG = Logger.getLogger(WebhookSecrets.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final int MAX_FILE_BYTES = 4_096;

    private final List<String> configured;
    private final @Nullable Path file;
    private volatile List<String> current;
    private @Nullable FileTime seen;
    private @Nullable Thread watcher;

    /** Reads the file, where one is configured. */
    @Inject
    public WebhookSecrets(ElevenLabsConfig config) {
        this.configured = lines(config.webhookSecret().orElse(List.of()));
        this.file = config.webhookSecretFile()
                .filter(name -> !name.isBlank())
                .map(Path::of)
                .orElse(null);
        this.current = configured;
        look();
    }

    /** The secrets that are good now, possibly none. */
    public List<String> current() {
        return current;
    }

    /** Whether one of them has this {@link #fingerprint}. */
    public boolean knows(String fingerprint) {
        return current.stream().anyMatch(secret -> fingerprint(secret).equals(fingerprint));
    }

    /** What a secret can be recognised by and not learnt from: lower-case hex SHA-256. */
    public static String fingerprint(String secret) {
        return Sha256.hex(secret);
    }

    @PostConstruct
    void watch() {
        if (file != null) {
            watcher = Thread.ofVirtual().name("webhook-secrets").start(this::keepLooking);
        }
    }

    @PreDestroy
    void stop() {
        if (watcher != null) {
            watcher.interrupt();
        }
    }

    private void keepLooking() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(BETWEEN_LOOKS);
                look();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** A file that cannot be read leaves what was known. */
    private void look() {
        if (file == null || !Files.exists(file)) {
            return;
        }
        try {
            FileTime changed = Files.getLastModifiedTime(file);
            if (changed.equals(seen) || Files.size(file) > MAX_FILE_BYTES) {
                return;
            }
            List<String> all = new ArrayList<>(lines(Files.readAllLines(file)));
            all.addAll(configured);
            seen = changed;
            current = List.copyOf(all);
        } catch (IOException unreadable) {
            LOG.warnf(
                    "the webhook secret's file cannot be read, reason=%s",
                    unreadable.getClass().getSimpleName());
        }
    }

    private static List<String> lines(List<String> given) {
        return given.stream().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    @Override
    public String toString() {
        return "WebhookSecrets[" + current.size() + "]";
    }
}
