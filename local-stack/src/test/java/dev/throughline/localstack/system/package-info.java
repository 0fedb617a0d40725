/** System tests: the whole suite through its public surface. */
@org.jspecify.annotations.NullMarked
package dev.throughline.localstack.system;
