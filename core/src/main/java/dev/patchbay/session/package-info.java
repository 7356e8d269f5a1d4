/** Sessions: one piece of work given to one provider, from the request to the way it ended. */
@NullMarked
package dev.patchbay.session;

import org.jspecify.annotations.NullMarked;
