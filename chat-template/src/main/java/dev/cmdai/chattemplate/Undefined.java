package dev.cmdai.chattemplate;

/** The value of a name, member or item that is not there: prints as nothing, fails when used. */
record Undefined(String message) {

  static Undefined name(String name) {
    return new Undefined("'" + name + "' is undefined");
  }

  static Undefined member(Object owner, Object key) {
    String type = owner == None.NONE ? "None" : Values.typeName(owner) + " object";
    return new Undefined(
        key instanceof String name
            ? "'" + type + "' has no attribute '" + name + "'"
            : type + " has no element " + key);
  }

  static Undefined unsafe(Object owner, String name) {
    return new Undefined(
        "access to attribute '" + name + "' of '" + Values.typeName(owner) + "' object is unsafe");
  }

  ChatTemplateException.Failure used() {
    return new ChatTemplateException.Failure(message);
  }
}
