/** Writes the JSON Schema of provider files from the table of their fields, for editors. */
@NullMarked
package dev.patchbay.config.jsonschema;

import org.jspecify.annotations.NullMarked;
