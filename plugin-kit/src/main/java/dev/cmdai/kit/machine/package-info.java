/** What this machine is: platform, processor cores. No inference engine is asked. */
@NullMarked
package dev.cmdai.kit.machine;

import org.jspecify.annotations.NullMarked;
