/**
 * Makes the demo tenant and its agent through the same public endpoints a customer of the suite would use: ours at the front, the
 * providers' own REST at the stand-ins. Looks first and creates what is missing, so it can run at every start.
 */
@NullMarked
package dev.throughline.localstack.provisioning;

import org.jspecify.annotations.NullMarked;
