@org.jspecify.annotations.NullMarked
package dev.throughline.localstack.bench.context;
