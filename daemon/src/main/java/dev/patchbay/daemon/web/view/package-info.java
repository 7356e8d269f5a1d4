/** What the templates show: texts and figures as people read them, made from records of the service. */
@NullMarked
package dev.patchbay.daemon.web.view;

import org.jspecify.annotations.NullMarked;
