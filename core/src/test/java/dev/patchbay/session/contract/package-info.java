/** What every session store passes. */
@NullMarked
package dev.patchbay.session.contract;

import org.jspecify.annotations.NullMarked;
