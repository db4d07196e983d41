/** Chat templates: the renderer of this project beside a Jinja library for Java. */
@NullMarked
package dev.cmdai.benchmarks.template;

import org.jspecify.annotations.NullMarked;
