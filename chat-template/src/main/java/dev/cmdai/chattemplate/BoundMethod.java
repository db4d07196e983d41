package dev.cmdai.chattemplate;

/** A method of a value that has not been called yet: {@code message.get}. */
record BoundMethod(Object receiver, String name) {}
