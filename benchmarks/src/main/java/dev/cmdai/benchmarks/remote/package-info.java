/** What the remote backend costs beside the exchange itself. */
@NullMarked
package dev.cmdai.benchmarks.remote;

import org.jspecify.annotations.NullMarked;
