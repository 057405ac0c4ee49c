package org.stillpoint.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillpoint.process.Phone;
import org.stillpoint.process.Receiver;
import org.stillpoint.process.Tokens;

/** Replicas share one PostgreSQL and nothing else. */
class ReplicasIT {
  private static final int TAPS = 5;
  private static final Duration PROMISED = Duration.ofSeconds(1);

  @TempDir Path folder;

  @Test
  @Tag("S5")
  void aTapAtOneReplicaReachesAStreamOfTheOtherAndAPhoneOnce() throws Exception {
    Tokens tokens = new Tokens();
    try (Receiver receiver = new Receiver(0);
        Replicas replicas =
            new Replicas(folder, tokens, receiver.settings(Tokens.CLIENT, folder))) {
      List<Phone> couple = Phone.couple(replicas.http(0), tokens.of("ana"), tokens.of("ben"));
      Phone ana = couple.getFirst();
      Phone ben = couple.getLast();
      String device = "{\"channel\":\"fcm\",\"token\":\"the-phone-of-ben\"}";
      assertThat(ben.send(replicas.http(0), "POST", "/v1/me/devices", device).statusCode())
          .isEqualTo(201);
      BlockingQueue<String> heard = listen(replicas, ben);

      List<Long> took = new ArrayList<>();
      List<String> told = new ArrayList<>();
      for (int i = 0; i < TAPS; i++) {
        UUID pause = UUID.randomUUID();
        assertThat(ana.tap(replicas.http(0), pause).statusCode()).isEqualTo(200);
        long begin = System.nanoTime();
        told.add(await(heard, "pause.raised", pause));
        took.add(System.nanoTime() - begin);
        assertThat(ana.lift(replicas.http(0), pause).statusCode()).isEqualTo(200);
        await(heard, "pause.lifted", pause);
      }

      // A machine that is busy may be late now and then.
      assertThat(took.stream().sorted().toList().get(TAPS / 2)).isLessThan(PROMISED.toNanos());
      awaitPhone(receiver, told);
      assertThat(receiver.arrivals().stream().map(Receiver.Arrival::id).filter(told::contains))
          .as("both replicas share the work, and neither does it twice")
          .containsExactlyElementsOf(told);
    }
  }

  /** What a stream of the second says from its beginning on. */
  private static BlockingQueue<String> listen(Replicas replicas, Phone phone) throws Exception {
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    HttpResponse<Stream<String>> stream =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(replicas.http(1).resolve("/v1/events/stream"))
                    .headers("Accept", "text/event-stream")
                    .headers("Authorization", "Bearer " + phone.token())
                    .build(),
                BodyHandlers.ofLines());
    assertThat(stream.statusCode()).isEqualTo(200);
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try (Stream<String> all = stream.body()) {
                all.forEach(lines::add);
              }
            });
    return lines;
  }

  /** The id of the event that tells of a pause. */
  private static String await(BlockingQueue<String> lines, String type, UUID pause)
      throws InterruptedException {
    while (true) {
      String line = lines.poll(20, TimeUnit.SECONDS);
      assertThat(line).as("%s of %s", type, pause).isNotNull();
      if (line.contains(type) && line.contains(pause.toString())) {
        return Phone.member(line, "id");
      }
    }
  }

  private static void awaitPhone(Receiver receiver, List<String> told) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!receiver.arrivals().stream().map(Receiver.Arrival::id).toList().containsAll(told)) {
      assertThat(System.nanoTime()).as("Not all came to the phone").isLessThan(deadline);
      Thread.sleep(20);
    }
  }
}
