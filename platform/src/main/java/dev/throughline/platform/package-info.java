/**
 * What every Throughline service stands on: provider signatures and clients, tenants, Kafka, the outbox, lead contexts, errors,
 * logging and configuration. A library without resources of its own; each sub-package is one feature and says what it guarantees.
 */
@org.jspecify.annotations.NullMarked
package dev.throughline.platform;
