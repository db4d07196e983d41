/**
 * Parses PowerShell code into statements, commands and expressions. Knows no command by its name.
 */
@NullMarked
package dev.cmdai.safety.parse.powershell;

import org.jspecify.annotations.NullMarked;
