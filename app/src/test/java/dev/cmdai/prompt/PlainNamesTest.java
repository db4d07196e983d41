package dev.cmdai.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Asks again in plain names when one was garbled, and only then. */
final class PlainNamesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          sort fos_xetak.py | sort fos_xePUT.py | sort report.py | sort report.py | sort fos_xetak.py
          rename ma.sh to kurysjeHi.csv | mv ma.sh ku.sh | rename report.sh to notes.csv | mv report.sh notes.csv | mv ma.sh kurysjeHi.csv
          delete "xi kykidu.txt" | rm xikykidu.txt | delete report.txt | rm report.txt | rm "xi kykidu.txt"
          delete "xi kykidu.txt" | rm xi kykidu.txt | delete report.txt | rm 'report.txt' | rm 'xi kykidu.txt'
          open "~/xi kykidu.txt" | cat ~/xi kykidu.txt | open ~/report.txt | cat ~/report.txt | cat ~/"xi kykidu.txt"
          show peg/xer_za.md. | cat FILE | show report.md. | cat report.md | cat peg/xer_za.md
          download https://faby.org/a-b.jpg now | wget https://fcurl.org/a-b.jpg | download https://example.com/report.jpg now | wget https://example.com/report.jpg | wget https://faby.org/a-b.jpg
          remove the folder bogu-lixa | rm -r bogu-lix | remove the folder project | rm -r project | rm -r bogu-lixa
          remove the folder build42x | sudo rm -r build42 | remove the folder project | sudo rm -r project | sudo rm -r build42x
          unpack q_7.zip into its own folder | unzip q_8.zip -d q_8 | unpack report.zip into its own folder | unzip report.zip -d report | unzip q_7.zip -d q_7
          compare a report with x_q.txt | diff FILE x_p.txt | compare a report with notes.txt | diff FILE notes.txt | diff FILE x_q.txt
          rename libe.log to sox-far.md | mv libe.log libe.log | rename report.log to notes.md | mv report.log notes.md | mv libe.log sox-far.md
          count lines of /var/kk_1/x | wc -l /var/kk/x | count lines of /srv/project | wc -l /srv/project | wc -l /var/kk_1/x
          """)
  void asksAgainInPlainNames(
      String request, String command, String plain, String answer, String restored) {
    PlainNames names = PlainNames.after(request, command).orElseThrow();
    assertThat(names.request()).isEqualTo(plain);
    assertThat(names.command(answer)).contains(restored);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          sort fos_xetak.py | sort fos_xetak.py
          delete "my file.txt" | rm "my file.txt"
          delete "my file.txt" | rm my\\ file.txt
          find files larger than 10MB | find . -type f -size +10M
          list read-only files | find . -type f ! -perm /222
          install the node.js dependencies | npm install
          find JavaScript files with TODO | grep -rn TODO --include=*.js .
          sha256 of the file a.iso | sha256sum a.iso
          add all *.foo-bar files | git add *.foobar
          show the size of every file | du -ah
          copy a.txt to a.txt.bak | cp a.txt a.txt.bak
          pack the folder src into src.tar.gz | tar -czf src.tar.gz src
          install the node.js dependencies of a.json | npm install a.json
          """)
  void leavesGoodCommandsAlone(String request, String command) {
    assertThat(PlainNames.after(request, command)).isEmpty();
  }

  private static Optional<String> again(String answer) {
    return PlainNames.after("delete fos_xetak.py", "rm fos_xePUT.py").orElseThrow().command(answer);
  }

  @Test
  void rejectsAnAnswerThatIsNoBetter() {
    assertThat(again("rm report.py")).contains("rm fos_xetak.py");
    assertThat(again("cat report.py")).isEmpty();
    assertThat(again("rm FILE.py")).isEmpty();
    assertThat(again("rm reports.py")).isEmpty();
  }

  @Test
  void leavesNamesAloneThatShellsQuoteInTheirOwnWays() {
    assertThat(PlainNames.after("delete \"it's_a.txt\"", "rm its_b.txt")).isEmpty();
    assertThat(PlainNames.after("delete 'a $b.txt'", "rm a_b.txt")).isEmpty();
  }
}
