/** Substitution: references to variables inside the values of a provider file (provider-files.md, section 3). */
@NullMarked
package dev.patchbay.internal.config.template;

import org.jspecify.annotations.NullMarked;
