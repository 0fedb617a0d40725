/** What {@code docs/events/README.md} shows to those who read our topics, compiled and run. */
@NullMarked
package dev.throughline.platform.example;

import org.jspecify.annotations.NullMarked;
