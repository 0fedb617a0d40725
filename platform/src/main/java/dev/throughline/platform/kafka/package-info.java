/**
 * The Kafka client as the services use it: a publisher with a bounded buffer, a view that reads a whole topic, and a group consumer
 * with dead letters. All of it starts and keeps running while the broker is away. Invariant: nothing here blocks an event loop.
 */
@org.jspecify.annotations.NullMarked
package dev.throughline.platform.kafka;
