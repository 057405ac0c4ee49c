package org.stillpoint.mallory;

import static org.stillpoint.testkit.Api.as;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.Reflections;
import org.stillpoint.testkit.StillpointTest;

/** Whether somebody keeps a journal, and how much is in it: the other's whole view is the same. */
@StillpointTest
@Tag("S23")
class JournalChannelTest {
  private static final int MANY = 500;

  private Couple couple;
  private Watch watch;

  @BeforeEach
  void benWatches() {
    couple = Couple.create();
    watch = new Watch(couple, Watch.known(couple, Set.of(UUID.randomUUID().toString()), Set.of()));
  }

  @Test
  void nothingOfAJournalIsSeen() {
    Person ana = couple.ana();
    String[] id = new String[1];
    watch.unseen("a reflection", () -> id[0] = Reflections.kept(ana, "Hers"));
    watch.unseen(
        "written anew",
        () -> Reflections.change(ana, id[0], "*", Map.of("text", "Hers ".repeat(900))));
    watch.unseen("read", () -> Reflections.get(ana, id[0]));
    watch.unseen(
        "searched", () -> as(ana).get("/v1/reflections?tag=evenings").then().statusCode(200));
    watch.unseen(
        "a prompt asked for",
        () -> as(ana).get("/v1/prompts/suggestions?as=hurt").then().statusCode(200));
    watch.unseen(
        "a try to share with herself",
        () -> Reflections.share(ana, id[0], couple.relationship(), ana).then().statusCode(400));
    watch.unseen("no copies", () -> as(ana).delete(Reflections.path(id[0]) + "/snapshots"));
    watch.unseen("deleted", () -> as(ana).delete(Reflections.path(id[0])).then().statusCode(204));
    watch.end();
  }

  @Test
  void fiveHundredAreAsNone() {
    watch.unseen(
        "many reflections",
        () -> {
          for (int i = 0; i < MANY; i++) {
            Reflections.kept(couple.ana(), "Number " + i);
          }
        });
    watch.unseen(
        "all of them erased",
        () -> as(couple.ana()).delete("/v1/reflections").then().statusCode(204));
    watch.end();
  }

  /** What is shared is seen; what else there is, isn't. */
  @Test
  void aCopyTellsNothingOfTheRest() {
    Person ana = couple.ana();
    String first = Reflections.kept(ana, "Shared");
    watch.seen(() -> Reflections.shared(couple, first));
    watch.unseen("another", () -> Reflections.kept(ana, "Not shared"));
    watch.unseen(
        "the shared one written anew",
        () -> Reflections.change(ana, first, "*", Map.of("text", "Written anew")));
    watch.seenQuietly(() -> as(ana).delete(Reflections.path(first) + "/snapshots"));
    watch.end();
  }
}
