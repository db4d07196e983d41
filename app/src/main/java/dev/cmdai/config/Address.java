package dev.cmdai.config;

import java.net.URI;
import java.net.URISyntaxException;

/** The address of a server, as setting. */
record Address() implements ValueType.Text {
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
}
