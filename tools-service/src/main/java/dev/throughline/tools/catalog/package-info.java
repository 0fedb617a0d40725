/**
 * What a business offers and who does it: services with prices, durations and buffers, and the staff with their skills and
 * working hours. Reads what a caller or a model says ("the colouring", "Maria") as one of them, or says what is missing.
 */
@NullMarked
package dev.throughline.tools.catalog;

import org.jspecify.annotations.NullMarked;
