package dev.cmdai.tokenize;

import dev.cmdai.api.BackendException;
import dev.cmdai.failure.CmdaiException;
import dev.cmdai.host.OpenTokenizer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Shows a person how a text falls into tokens. */
public final class TokenTable {
  private final OpenTokenizer tokenizer;

  public TokenTable(OpenTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /**
   * One row for each token: its id, and what it stands for in quotes, so that spaces can be seen.
   *
   * @throws CmdaiException when the plugin fails
   */
  public List<List<String>> rows(String text, boolean addSpecial, boolean parseSpecial) {
    try {
      List<List<String>> rows = new ArrayList<>();
      for (int id : tokenizer.encode(text, addSpecial, parseSpecial)) {
        rows.add(List.of(String.valueOf(id), piece(id)));
      }
      return rows;
    } catch (BackendException e) {
      throw CmdaiException.of(e);
    }
  }

  private String piece(int id) throws BackendException {
    byte[] bytes = tokenizer.tokenToPiece(id);
    if (bytes.length == 0) {
      // A control token, which has a spelling only.
      return tokenizer.decode(new int[] {id}, false, true);
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      StringBuilder quoted = new StringBuilder();
      QuotedText.append(text, quoted);
      return quoted.toString();
    } catch (CharacterCodingException e) {
      // A part of a character.
      StringBuilder hex = new StringBuilder("bytes");
      for (byte b : bytes) {
        hex.append(" %02x".formatted(b));
      }
      return hex.toString();
    }
  }
}
