package org.stillpoint.mallory;

import static org.stillpoint.testkit.Api.as;

import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.Practices;
import org.stillpoint.testkit.Reflections;
import org.stillpoint.testkit.StillpointTest;

/** Whether somebody has a practitioner of their own: the other's whole view is the same. */
@StillpointTest
@Tag("S28")
class SelfGrantChannelTest {
  private static final int MANY = 200;

  private Couple couple;
  private Watch watch;

  @BeforeEach
  void benWatches() {
    couple = Couple.create();
    watch = new Watch(couple, Watch.known(couple, Set.of(UUID.randomUUID().toString()), Set.of()));
  }

  @Test
  void nothingOfASelfGrantIsSeen() {
    Person ana = couple.ana();
    Person dora = Practices.practitioner();
    UUID[] grant = new UUID[1];
    String[] reflection = new String[1];
    String[] copy = new String[1];
    watch.unseen(
        "a code looked at",
        () -> Practices.preview(ana, Practices.code(dora)).then().statusCode(200));
    watch.unseen("a self grant", () -> grant[0] = Practices.own(ana, dora, "pauses", "snapshots"));
    watch.unseen(
        "a copy",
        () -> {
          reflection[0] = Reflections.kept(ana, "Hers");
          copy[0] = Practices.given(ana, reflection[0], grant[0]);
        });
    watch.unseen(
        "read, over and over",
        () -> {
          for (int i = 0; i < MANY; i += 2) {
            Practices.pauses(dora, grant[0]);
            Practices.copies(dora, grant[0], ana);
          }
        });
    watch.unseen(
        "the log looked at", () -> as(ana).get("/v1/me/access-log").then().statusCode(200));
    watch.unseen(
        "recalled",
        () ->
            as(ana)
                .delete(Reflections.path(reflection[0]) + "/practice-snapshots/" + copy[0])
                .then()
                .statusCode(204));
    watch.unseen(
        "the practitioner says something else",
        () -> Practices.register(dora, Practices.profile("Dora", "Nothing.")));
    watch.unseen("ended", () -> as(ana).delete(Practices.own(grant[0])).then().statusCode(204));
    watch.end();
  }

  /** The other has the same practitioner, and holds the same code. */
  @Test
  void theSameCodeTellsNothingOfWhoElseHasUsedIt() {
    Person dora = Practices.practitioner();
    String code = Practices.code(dora);
    watch.own(() -> Practices.giveOwn(couple.ben(), code, 90, "pauses").then().statusCode(201));
    watch.unseen(
        "the same practitioner",
        () -> Practices.giveOwn(couple.ana(), code, 90, "pauses").then().statusCode(201));
    watch.end();
  }
}
