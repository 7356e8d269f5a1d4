/** Everything one upstream call needs, computed in one place: URL, headers, credential, body rules, quirks, time-outs. */
@NullMarked
package dev.patchbay.internal.route;

import org.jspecify.annotations.NullMarked;
