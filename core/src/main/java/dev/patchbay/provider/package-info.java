/** One provider as configured: every file merged, every variable but the secrets substituted. */
@NullMarked
package dev.patchbay.provider;

import org.jspecify.annotations.NullMarked;
