package dev.cmdai.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compares names in requests and commands, and counts false alarms over a model's real answers. */
final class CopyCheckTest {
  private static final Path OUTPUTS = Path.of("../../shared/models/cmdai-tiny/eval/outputs.txt");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          duplicate report.docx as report_backup.docx | cp report_backup.docx report_backup.docx | report.docx
          sort names.txt and drop repeated lines | sort -u inspect.txt | names.txt
          rename a.txt to b.txt | mv data.txt b.txt | a.txt
          download http://foo.bar/baz.zip | wget http://foo.bar/bar.zip | http://foo.bar/baz.zip
          copy every mp3 to /media/usb | cp *.mp3 /media/usd | /media/usb
          show /var/log/syslog | cat /var/log/messages | /var/log/syslog
          """)
  void aNameThatTheCommandDropsIsMissing(String request, String command, String missing) {
    assertThat(CopyCheck.of(request, command).missing()).containsExactly(missing);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          sort names.txt and drop repeated lines | sort -u inspect.txt | inspect.txt
          throw away the old_build directory | mv away_build old_build | away_build
          show the log of the web server | cat /srv/shop/access.log | /srv/shop/access.log
          download the file | wget https://example.com/file.zip | https://example.com/file.zip
          count the lines | wc -l essay.txt | essay.txt
          remove the build folder | rm -rf buld | buld
          kill process 1234 | kill -9 1243 | 1243
          stop firefox | pkill chrome | chrome
          rename draft to final | mv draft finale | finale
          """)
  void aNameThatTheCommandMakesUpIsInvented(String request, String command, String invented) {
    assertThat(CopyCheck.of(request, command).invented()).containsExactly(invented);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          find pdf files larger than 10MB in Downloads | find ~/Downloads -type f -name "*.pdf" -size +10M
          list all users on this computer | cut -d: -f1 /etc/passwd
          replace foo with bar in notes.txt | sed -i 's/foo/bar/g' notes.txt
          make a tar archive of src | tar -czf src.tar.gz src
          back up my documents | tar -czf backup.tar.gz ~/Documents
          what is my public ip | curl -s ifconfig.me
          start a python web server on port 9000 | python3 -m http.server 9000
          delete all .DS_Store files recursively | find . -type f -name ".DS_Store" -delete
          replace 'a.example.com' with 'b.example.com' in x.conf | sed -i 's/a\\.example\\.com/b.example.com/g' x.conf
          merge a.txt and b.txt into c.txt. | cat a.txt b.txt > c.txt
          how big is Notes.TXT? | du -h Notes.TXT
          files bigger than 1.5 GB, e.g. videos | find . -size +1500M
          sync photos to backup-server:/data | rsync -avz photos/ backup-server:/data/
          hide errors | ls 2>/dev/null
          remove the build folder | rm -rf build
          kill process 1234 | sudo kill -9 1234
          end all Chrome processes | pkill -TERM chrome
          delete my node modules | rm -rf node_modules
          delete a file | rm FILE
          empty app.log | truncate -s 0 app.log
          print the second column of data.csv | awk -F, '{print $2}' data.csv
          """)
  void whatComesFromTheRequestOrFromConventionIsFine(String request, String command) {
    assertThat(CopyCheck.of(request, command).warning()).isEmpty();
  }

  @Test
  void theProgramIsNoName() {
    CopyCheck check = CopyCheck.of("format /dev/sda as ext4", "sudo mkfs.ext4 /dev/sda");
    assertThat(check.isClean()).as("%s", check).isTrue();
  }

  @Test
  void theWarningIsOneSentence() {
    assertThat(CopyCheck.of("sort names.txt", "sort inspect.txt").warning())
        .contains(
            "check the names: the command does not mention names.txt; the request does not"
                + " mention inspect.txt");
  }

  @Test
  void rightAnswersRarelyRaiseAnAlarm() throws IOException {
    assumeTrue(Files.exists(OUTPUTS), OUTPUTS + " is not there: false alarms are not counted");
    List<String> rightAlarms = new ArrayList<>();
    int right = 0;
    int wrong = 0;
    int wrongAlarms = 0;
    List<String> lines = Files.readAllLines(OUTPUTS);
    for (int i = 0; i + 1 < lines.size() && !lines.get(i).startsWith("==="); i++) {
      if (lines.get(i).startsWith("OK ") || lines.get(i).startsWith("BAD ")) {
        String request = lines.get(i).substring(lines.get(i).indexOf("] ") + 2);
        String answer = lines.get(i + 1).strip().substring(3);
        CopyCheck check = CopyCheck.of(request, answer.substring(0, answer.lastIndexOf("   (")));
        if (lines.get(i).startsWith("OK ")) {
          right++;
          if (!check.isClean()) {
            rightAlarms.add(request + " -> " + answer + " " + check);
          }
        } else {
          wrong++;
          wrongAlarms += check.isClean() ? 0 : 1;
        }
      }
    }
    System.out.printf(
        "copy check: %d alarms for %d right answers, %d for %d wrong ones%n",
        rightAlarms.size(), right, wrongAlarms, wrong);
    assertThat(right).isGreaterThan(80);
    assertThat(rightAlarms).hasSizeLessThanOrEqualTo(right / 50);
  }

  /** Every right answer that the set's authors gave, for requests that name all that is needed. */
  @Test
  void fewerThanThreeInAHundredRightAnswersOfTheFrozenSetAreDoubted() throws IOException {
    List<String> alarms = new ArrayList<>();
    int answers = 0;
    for (String line : Files.readAllLines(Path.of("../models/recipe/frozen/requests.jsonl"))) {
      JsonNode entry = JsonMapper.shared().readTree(line);
      if (!entry.get("kind").asString().equals("specified")) {
        continue;
      }
      for (JsonNode list : List.of(entry.path("right"), entry.path("effect").path("reference"))) {
        for (JsonNode answer : list) {
          answers++;
          CopyCheck check = CopyCheck.of(entry.get("request").asString(), answer.asString());
          if (!check.isClean()) {
            alarms.add(entry.get("request") + " -> " + answer + " " + check);
          }
        }
      }
    }
    System.out.printf(
        "%d of %d right answers of the frozen set are doubted%n", alarms.size(), answers);
    alarms.forEach(System.out::println);
    assertThat(answers).isGreaterThan(300);
    assertThat(alarms).hasSizeLessThan(answers * 3 / 100);
  }
}
