/** Patchbay's models as those of LangChain4j. */
@NullMarked
package dev.patchbay.langchain4j;

import org.jspecify.annotations.NullMarked;
