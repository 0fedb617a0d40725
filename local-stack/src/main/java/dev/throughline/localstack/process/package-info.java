/**
 * Child processes, their ports, logs and records. A record names a process by id <em>and</em> start instant, so a number reused by
 * the operating system is never mistaken for a leftover of ours.
 */
@NullMarked
package dev.throughline.localstack.process;

import org.jspecify.annotations.NullMarked;
