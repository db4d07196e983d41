package dev.cmdai.safety.judge;

import dev.cmdai.safety.judge.PowerShellValue.Origin;
import dev.cmdai.safety.judge.PowerShellValue.Text;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Bytes in PowerShell code; as a text, each byte is a sign of Latin-1. */
final class PowerShellBytes {
  private PowerShellBytes() {}

  static Text fromBase64(Text text) {
    if (!text.isKnown()) {
      return text;
    }
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(text.text());
      return new Text(new String(bytes, StandardCharsets.ISO_8859_1), Origin.KNOWN);
    } catch (IllegalArgumentException e) {
      return new Text(text.text(), Origin.UNKNOWN);
    }
  }

  /** What {@code [Text.Encoding]::X.GetString} makes of bytes. */
  static Text decoded(Text bytes, String kind) {
    if (!bytes.isKnown()) {
      return bytes;
    }
    Charset charset =
        kind.endsWith("unicode") || kind.contains("unicodeencoding")
            ? kind.contains("bigendian") ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE
            : StandardCharsets.UTF_8;
    byte[] raw = bytes.text().getBytes(StandardCharsets.ISO_8859_1);
    return new Text(new String(raw, charset), Origin.KNOWN);
  }

  /** {@code [Convert]::ToInt32('41', 16)}. */
  static Text number(List<Text> given) {
    if (given.isEmpty()) {
      return new Text("", Origin.UNKNOWN);
    }
    Text first = given.getFirst();
    boolean isHex = given.size() > 1 && given.get(1).text().equals("16");
    boolean isKnown = first.isKnown() && isHex && first.text().matches("[0-9a-fA-F]{1,6}");
    return isKnown
        ? new Text(String.valueOf(Integer.parseInt(first.text(), 16)), Origin.KNOWN)
        : first;
  }
}
