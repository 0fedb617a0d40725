/**
 * {@code ./dev bench texts}: what storing a text costs, beside a bare endpoint under the same load, and what an open text session weighs.
 * The load is made in this process; PostgreSQL, Kafka, sms-service and the bare endpoint are processes of their own.
 */
@NullMarked
package dev.throughline.localstack.bench.texts;

import org.jspecify.annotations.NullMarked;
