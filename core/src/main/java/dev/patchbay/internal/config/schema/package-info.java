/** The one table of fields, and the check of a file against it. */
@NullMarked
package dev.patchbay.internal.config.schema;

import org.jspecify.annotations.NullMarked;
