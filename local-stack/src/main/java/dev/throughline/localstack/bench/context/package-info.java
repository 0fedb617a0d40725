/**
 * {@code ./dev bench context}: what the lead contexts cost. Starts PostgreSQL, Kafka and conversation-context alone, in a data directory of its
 * own, and measures each figure beside the plainest way to do the same, in the same run.
 */
@NullMarked
package dev.throughline.localstack.bench.context;

import org.jspecify.annotations.NullMarked;
