/**
 * What the person at the keyboard chose: the environment and {@code .env}, where data lie, which providers are real and which
 * are stood in for. Pure reading; nothing here starts or writes anything.
 */
@NullMarked
package dev.throughline.localstack.settings;

import org.jspecify.annotations.NullMarked;
