/** Writes the JSON Schema of provider files from the table of their fields, for editors. */
@NullMarked
package dev.patchbay.workbench.schema;

import org.jspecify.annotations.NullMarked;
