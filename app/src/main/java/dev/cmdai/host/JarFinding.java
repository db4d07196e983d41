package dev.cmdai.host;

/** What looking into one jar of a plugin folder gave: a plugin, or the reason why it is none. */
sealed interface JarFinding permits PluginFile, Rejection {}
