/**
 * Events leave a service in the transaction that made them true. {@code Outbox} writes them beside the change, {@code OutboxRelay}
 * publishes them in commit order per key, at least once, and wakes as soon as the transaction commits. Only for services with a
 * database; a service without one excludes this package with {@code quarkus.arc.exclude-types}.
 */
@org.jspecify.annotations.NullMarked
package dev.throughline.platform.outbox;
