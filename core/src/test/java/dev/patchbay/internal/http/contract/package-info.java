/** What every HTTP stack that calls providers has to do, be it the core's or the gateway's. */
@NullMarked
package dev.patchbay.internal.http.contract;

import org.jspecify.annotations.NullMarked;
