package org.stillpoint.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stillpoint.testkit.Api.as;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/** The server of an app: it takes webhooks on this machine, and manages them by its own login. */
public final class AppServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String ENDPOINTS = "/v1/webhook-endpoints";

  private final Person login = newLogin();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Message> received = new CopyOnWriteArrayList<>();
  private final Deque<Integer> answers = new ConcurrentLinkedDeque<>();
  private volatile Predicate<Message> refused = message -> false;
  private volatile Duration slowness = Duration.ZERO;

  /** A message as it came, with its headers in lower case. */
  public record Message(Map<String, List<String>> headers, String path, String body) {
    public String header(String name) {
      return headers.getOrDefault(name, List.of("")).getFirst();
    }

    public String id() {
      return header("webhook-id");
    }

    public JsonPath json() {
      return new JsonPath(body);
    }

    public String type() {
      return json().getString("type");
    }
  }

  private AppServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** The login of a new app itself, whose subject is its client id. */
  public static Person newLogin() {
    String clientId = "app-" + UUID.randomUUID();
    return new Person(
        clientId, UUID.randomUUID(), Person.token(Map.of("clientId", clientId, "ofClient", true)));
  }

  /** Of an app of its own. */
  public static AppServer start() {
    return new AppServer();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, List<String>> headers =
          exchange.getRequestHeaders().entrySet().stream()
              .collect(
                  java.util.stream.Collectors.toMap(
                      header -> header.getKey().toLowerCase(java.util.Locale.ROOT),
                      header -> List.copyOf(header.getValue())));
      Message message =
          new Message(
              headers,
              exchange.getRequestURI().getPath(),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      Integer ordered = answers.poll();
      Thread.sleep(slowness);
      received.add(message);
      exchange.getResponseHeaders().add("Location", "/elsewhere");
      exchange.sendResponseHeaders(
          ordered != null ? ordered : refused.test(message) ? 500 : 204, -1);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public String clientId() {
    return login.subject();
  }

  /** The login of the app itself. */
  public Person login() {
    return login;
  }

  /** Where it takes what comes. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hooks";
  }

  /** The person through this app. */
  public Person of(Person person) {
    return person.through(clientId());
  }

  /** Answers the next requests so, whatever they are, and those after them 204. */
  public void answer(Integer... statuses) {
    answers.addAll(List.of(statuses));
  }

  /** Answers 500 to these, until told otherwise. */
  public void refuse(Predicate<Message> which) {
    refused = which;
  }

  /** Takes so long for each answer. */
  public void slow(Duration by) {
    slowness = by;
  }

  /** Names an address, this server's. */
  public Endpoint endpoint() {
    JsonPath made = create(url()).then().statusCode(201).extract().as(Json.class, Json.READER);
    return new Endpoint(this, made.getString("id"), made.getString("secret"));
  }

  /** Names an address. */
  public Response create(String url) {
    return as(login).contentType(ContentType.JSON).body(Map.of("url", url)).post(ENDPOINTS);
  }

  /** Lets this server get a member's events. */
  public void subscribe(Person person) {
    as(of(person)).put("/v1/me/webhook-subscription").then().statusCode(200);
  }

  /** What has come, as soon as there is so much. */
  public List<Message> received(int atLeast) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (received.size() < atLeast) {
      assertThat(System.nanoTime()).as("Only %s came", received).isLessThan(deadline);
      Thread.sleep(20);
    }
    return List.copyOf(received);
  }

  /** What has come of one type, as soon as there is so much of it. */
  public List<Message> received(String type, int atLeast) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      List<Message> found =
          received.stream().filter(message -> message.type().equals(type)).toList();
      if (found.size() >= atLeast) {
        return found;
      }
      assertThat(System.nanoTime()).as("Only %s came", received).isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }

  /** An endpoint at this server. */
  public record Endpoint(AppServer app, String id, String secret) {
    public String path(String rest) {
      return ENDPOINTS + "/" + id + rest;
    }

    public JsonPath read() {
      return as(app.login)
          .get(path(""))
          .then()
          .statusCode(200)
          .extract()
          .as(Json.class, Json.READER);
    }

    /** Sends a test; its id. */
    public String test() {
      return as(app.login)
          .post(path("/test"))
          .then()
          .statusCode(202)
          .extract()
          .as(Json.class, Json.READER)
          .get("messageId");
    }

    /** The new secret. */
    public String rotate() {
      return as(app.login)
          .post(path("/secret-rotation"))
          .then()
          .statusCode(200)
          .extract()
          .as(Json.class, Json.READER)
          .get("secret");
    }

    public Response redeliver(String messageId) {
      return as(app.login).post(path("/messages/{messageId}/redelivery"), messageId);
    }

    /** The attempts, as soon as there are so many; the newest first. */
    public JsonPath attempts(int atLeast) throws InterruptedException {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (true) {
        JsonPath page =
            as(app.login)
                .get(path("/attempts?limit=100"))
                .then()
                .statusCode(200)
                .extract()
                .as(Json.class, Json.READER);
        if (page.getList("data").size() >= atLeast) {
          return page;
        }
        assertThat(System.nanoTime()).as("attempts: %s", page.prettify()).isLessThan(deadline);
        Thread.sleep(100);
      }
    }

    /** Waits until it is so. */
    public void awaitState(String state) throws InterruptedException {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!read().getString("state").equals(state)) {
        assertThat(System.nanoTime()).as("not %s", state).isLessThan(deadline);
        Thread.sleep(50);
      }
    }
  }
}
