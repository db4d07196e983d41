package dev.cmdai.config;

import dev.cmdai.toml.TomlText;
import dev.cmdai.toml.TomlValue;
import java.net.URI;
import java.net.URISyntaxException;

/** The address of a server, as setting. */
record Address() implements ValueType<String> {
  @Override
  public String description() {
    return "an address such as https://host:8000";
  }

  @Override
  public String parse(String text) throws BadValueException {
    URI uri;
    try {
      uri = new URI(text.strip());
    } catch (URISyntaxException e) {
      throw new BadValueException("is no address");
    }
    boolean isWeb = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!isWeb || uri.getHost() == null) {
      throw new BadValueException("is no address");
    }
    if (uri.getRawUserInfo() != null) {
      throw new BadValueException("holds a user name, which belongs into headers");
    }
    return text.strip();
  }

  @Override
  public String read(TomlValue value) throws BadValueException {
    return parse(ValueTypes.string(value));
  }

  @Override
  public String text(String value) {
    return value;
  }

  @Override
  public Object plain(String value) {
    return value;
  }

  @Override
  public String toml(String value) {
    return TomlText.string(value);
  }
}
