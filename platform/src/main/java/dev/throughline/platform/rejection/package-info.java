/** Why webhooks were refused, kept for the people who run the installation. What a stranger is told stays "403". */
@NullMarked
package dev.throughline.platform.rejection;

import org.jspecify.annotations.NullMarked;
