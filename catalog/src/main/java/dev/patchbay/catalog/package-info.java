/** Limits, prices and abilities of models, and where their providers are, as models.dev had them on one day. */
@NullMarked
package dev.patchbay.catalog;

import org.jspecify.annotations.NullMarked;
