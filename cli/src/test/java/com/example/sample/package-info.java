/** A plugin as somebody else would write it. */
@NullMarked
package com.example.sample;

import org.jspecify.annotations.NullMarked;
