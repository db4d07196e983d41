package dev.cmdai.safety.judge;

import java.util.List;

/** The names of what other languages call to delete, write, run or send something. */
final class ForeignCalls {
  static final List<String> DELETING =
      List.of(
          "rmtree",
          "rmSync",
          "rm_rf",
          "rm_r(",
          "rm_r ",
          "remove_tree",
          "removeSync",
          "rimraf",
          "remove_dir",
          "remove_entry",
          "rmdirSync",
          "fs.rm(",
          "rm_r!",
          "emptyDir",
          "deleteTree",
          "deltree",
          "deleteDir",
          "delete-directory");

  static final List<String> RUNNING =
      List.of(
          "system",
          "popen",
          "subprocess",
          "exec",
          "spawn",
          "shell",
          "Popen",
          "os.run",
          "passthru",
          "proc_open",
          "Open3",
          "getoutput",
          ".cmd(",
          "pty.",
          "posix_",
          "call-process",
          "do shell");

  static final List<String> REMOVING =
      List.of(
          "unlink",
          "os.remove",
          "rmdir",
          "os.rename",
          "os.replace",
          "shutil.move",
          "File.delete",
          "File.rm",
          "FileUtils.rm",
          "FileUtils.mv",
          "fs.rename",
          "renameSync",
          "os.truncate",
          "file.remove",
          "Deno.remove",
          "delete-file",
          "rm(");

  static final List<String> OPENING =
      List.of("open", "write", "File", "copy", "fs.", "put_contents");

  /** Calls of what a string names, or of code in a string: then strings count as code. */
  static final List<String> EVALUATING =
      List.of(
          "exec(",
          "exec ",
          "eval",
          "compile(",
          "Function(",
          "runIn",
          "load(",
          "loadstring",
          "assert(",
          "call_user_func",
          "array_map",
          "array_walk",
          "getattr",
          "__import__",
          "importlib",
          "import_module",
          "globals()",
          "locals()",
          "vars(",
          "__dict__",
          "send(",
          "send ",
          "const_get",
          ".method(",
          "parse(",
          "do.call",
          "match.fun",
          "include_string",
          "apply(",
          "process.binding");

  static final List<String> HIDING =
      List.of(
          "b64decode",
          "atob(",
          "fromCharCode",
          "unhexlify",
          "decode64",
          "unpack(",
          "rot13",
          "'base64'",
          "\"base64\"",
          "base64_decode",
          "zlib.decompress",
          "marshal.loads");

  static final List<String> SENDING =
      List.of("post", "POST", "send", "socket", "urlopen", "request", "fetch(", "connect");

  static final List<String> WALKING =
      List.of("rglob", "walk", "**", "Find.find", "recursive", "File::Find");

  private ForeignCalls() {}

  /** Whether the code has one of the names. */
  static boolean isAny(String code, List<String> names) {
    for (String name : names) {
      if (code.contains(name)) {
        return true;
      }
    }
    return false;
  }
}
