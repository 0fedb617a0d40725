/**
 * The one public port. Routes by {@code deploy/routes.yaml} exactly as the ingress does, HTTP and WebSockets alike, and changes
 * neither path, query nor body, because the providers sign them. Invariant: an upgraded connection is a raw byte tunnel, so close
 * codes, frame sizes and back-pressure are the ends' own.
 */
@NullMarked
package dev.throughline.localstack.front;

import org.jspecify.annotations.NullMarked;
