/** JSON: the one mapper, and the way between JSON trees and plain JDK values. */
@NullMarked
package dev.patchbay.codec.json;

import org.jspecify.annotations.NullMarked;
