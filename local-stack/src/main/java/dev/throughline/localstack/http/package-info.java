/**
 * A small blocking JSON client for the command line and the demo. Not used on the path of a call.
 */
@NullMarked
package dev.throughline.localstack.http;

import org.jspecify.annotations.NullMarked;
