/** Splits PowerShell code into commands. Knows no command by its name but those that only list. */
@NullMarked
package dev.cmdai.safety.parse.powershell;

import org.jspecify.annotations.NullMarked;
