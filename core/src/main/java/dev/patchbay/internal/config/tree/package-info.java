/** What a file says, as a tree in which every value knows its place, its layer and what it overrode. */
@NullMarked
package dev.patchbay.internal.config.tree;

import org.jspecify.annotations.NullMarked;
