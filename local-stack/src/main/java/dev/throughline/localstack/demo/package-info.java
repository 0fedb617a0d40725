/**
 * The story told by {@code ./dev demo}: small steps, each of which acts, waits for what must become true, and shows what it saw.
 */
@NullMarked
package dev.throughline.localstack.demo;

import org.jspecify.annotations.NullMarked;
