/** LangChain4j's own contract for models, and what goes wrong for users of such models. */
@NullMarked
package dev.patchbay.langchain4j;

import org.jspecify.annotations.NullMarked;
