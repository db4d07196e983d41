package dev.cmdai.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BareRequestTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Could you please lock the screen? | lock the screen",
        "how do I unzip photos.zip | unzip photos.zip",
        "Hi there, I would like to see hidden files, thanks a lot! | see hidden files",
        "What is the best way to count lines in a.txt? | count lines in a.txt",
        "pls kill firefox now | kill firefox",
        "I need to copy A.txt to B for me please. | copy A.txt to B",
        "show me how to list users | list users"
      })
  void courtesiesGo(String request, String bare) {
    assertThat(BareRequest.of(request)).isEqualTo(bare);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "list files",
        "what is in notes.txt",
        "CPU usage",
        "hide now.txt",
        "please now",
        "search a.txt for please",
        "rename a.txt to now",
        "what is in ..",
        "copy a.txt to .",
        "delete the folder please.d"
      })
  void aWishStays(String request) {
    assertThat(BareRequest.of(request)).isEqualTo(request);
  }
}
