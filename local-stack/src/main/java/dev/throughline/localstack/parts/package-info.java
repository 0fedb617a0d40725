/**
 * The things a stack is made of: PostgreSQL, Kafka, the stand-ins and the five services. Each knows how to start, how to tell that
 * it is ready and how to stop; the order between them is the stack's business.
 */
@NullMarked
package dev.throughline.localstack.parts;

import org.jspecify.annotations.NullMarked;
