package dev.cmdai.host;

/**
 * A plugin that is fine but not used: another one has its id and works, or the user switched it
 * off. A detail of listings, never a warning.
 *
 * @param plugin the plugin
 * @param reason why it is not used
 */
public record SetAside(PluginFile plugin, String reason) {}
