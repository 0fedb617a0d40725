package dev.throughline.localstack.deploy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The part of CloudNativePG's objects that we use, and of its Barman Cloud plugin's, because neither publishes Java classes: names, types,
 * choices and what must be there, as their custom resource definitions of version 1.30 have them. What is not here is refused.
 */
final class CloudNativePg {

    private CloudNativePg() {}

    /** What every object has around its {@code spec}. */
    record Resource<S>(
            String apiVersion,
            String kind,
            JsonNode metadata,
            @JsonProperty(required = true) S spec) {}

    record ClusterSpec(
            @JsonProperty(required = true) int instances,
            @Nullable String imageName,
            @Nullable UpdateStrategy primaryUpdateStrategy,
            @Nullable Storage storage,
            @Nullable Storage walStorage,
            @Nullable Postgresql postgresql,
            @Nullable Managed managed,
            @Nullable JsonNode resources,
            @Nullable List<Plugin> plugins) {}

    record Storage(@JsonProperty(required = true) String size) {}

    record Postgresql(
            Map<String, String> parameters, @Nullable Synchronous synchronous) {}

    record Synchronous(
            @JsonProperty(required = true) Method method,
            @JsonProperty(required = true) int number,
            @Nullable Durability dataDurability) {}

    record Managed(List<Role> roles) {}

    record Role(
            @JsonProperty(required = true) String name,
            @Nullable Ensure ensure,
            boolean login,
            @Nullable Name passwordSecret) {}

    record Plugin(
            @JsonProperty(required = true) String name,
            boolean isWALArchiver,
            @Nullable Map<String, String> parameters) {}

    record DatabaseSpec(
            @JsonProperty(required = true) String name,
            @JsonProperty(required = true) String owner,
            @JsonProperty(required = true) Name cluster) {}

    record BackupSpec(
            @JsonProperty(required = true) String schedule,
            @JsonProperty(required = true) Name cluster,
            @Nullable BackupOwner backupOwnerReference,
            @Nullable BackupMethod method,
            @Nullable Name pluginConfiguration) {}

    record StoreSpec(
            @Nullable String retentionPolicy,
            @JsonProperty(required = true) StoreConfiguration configuration) {

        /** Days, weeks or months. */
        private static final String RETENTION = "[1-9][0-9]*[dwm]";

        StoreSpec {
            if (retentionPolicy != null && !retentionPolicy.matches(RETENTION)) {
                throw new IllegalArgumentException("retentionPolicy is like 30d, not " + retentionPolicy);
            }
        }
    }

    record StoreConfiguration(
            @JsonProperty(required = true) String destinationPath,
            @Nullable S3Credentials s3Credentials,
            @Nullable WalArchive wal,
            @Nullable DataArchive data) {}

    record S3Credentials(Key accessKeyId, Key secretAccessKey) {}

    record WalArchive(WalCompression compression) {}

    record DataArchive(DataCompression compression) {}

    record Name(@JsonProperty(required = true) String name) {}

    record Key(
            @JsonProperty(required = true) String name,
            @JsonProperty(required = true) String key) {}

    enum UpdateStrategy {
        unsupervised,
        supervised
    }

    enum Method {
        any,
        first
    }

    enum Durability {
        required,
        preferred
    }

    enum Ensure {
        present,
        absent
    }

    enum BackupOwner {
        none,
        self,
        cluster
    }

    enum BackupMethod {
        barmanObjectStore,
        volumeSnapshot,
        plugin
    }

    enum WalCompression {
        bzip2,
        gzip,
        lz4,
        snappy,
        xz,
        zstd
    }

    enum DataCompression {
        bzip2,
        gzip,
        lz4,
        snappy
    }
}
