/** Which native libraries the build has put into this plugin's jar. Loads and calls nothing. */
@NullMarked
package dev.cmdai.llamacpp.natives;

import org.jspecify.annotations.NullMarked;
