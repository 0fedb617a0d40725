/** The Kubernetes manifests against the code: schemas, routes, topics, ports, environment. */
@NullMarked
package dev.throughline.localstack.deploy;

import org.jspecify.annotations.NullMarked;
