@NullMarked
package dev.patchbay.cli.run;

import org.jspecify.annotations.NullMarked;
