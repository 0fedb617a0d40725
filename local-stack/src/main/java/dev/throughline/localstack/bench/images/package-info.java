/** {@code ./dev bench images}: builds the services' images, runs each as production does and tells how soon it is ready and what it weighs. */
@NullMarked
package dev.throughline.localstack.bench.images;

import org.jspecify.annotations.NullMarked;
