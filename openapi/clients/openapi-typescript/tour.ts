import createClient, { type Client } from "openapi-fetch";
import type { paths } from "./client.js";

/** One person's login. */
function login(baseUrl: string, token: string): Client<paths> {
  return createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${token}` } });
}

export async function tap(url: string, anasToken: string, bensToken: string, expect: Expect): Promise<void> {
  const [ana, ben] = [login(url, anasToken), login(url, bensToken)];
  await ana.PUT("/v1/me/adult-attestation");
  await ben.PUT("/v1/me/adult-attestation");
  const relationshipId = (await ana.POST("/v1/relationships")).data!.id;
  const once = { params: { path: { relationshipId }, header: { "Idempotency-Key": crypto.randomUUID() } } };
  const invitation = (await ana.POST("/v1/relationships/{relationshipId}/invitations", once)).data!;
  expect((await ana.POST("/v1/relationships/{relationshipId}/invitations", once)).data, invitation);
  const { code } = invitation;
  const preview = await ben.GET("/v1/invitations/{code}", { params: { path: { code } } });
  const seen = preview.response.headers.get("ETag")!;
  await ben.POST("/v1/invitations/{code}/acceptance", { params: { path: { code }, header: { "If-Match": seen } } });

  const us = { params: { path: { relationshipId } } };
  const pause = (await ana.POST("/v1/relationships/{relationshipId}/pauses", { ...us, body: { kind: "red" } })).data!;
  expect(pause.state, "active");
  expect((await ana.POST("/v1/relationships/{relationshipId}/pauses", us)).data, pause);
  const events = (await ben.GET("/v1/events")).data!;
  expect(events.data.find((event) => event.type === "pause.raised")?.resource.id, pause.id);
  const it = { params: { path: { relationshipId, pauseId: pause.id } } };
  expect((await ben.GET("/v1/relationships/{relationshipId}/pauses/{pauseId}", it)).data!.kind, "red");
  const refused = await ben.POST("/v1/relationships/{relationshipId}/pauses/{pauseId}/lift", it);
  expect(refused.error?.code, "pause-not-yours-to-lift");
  const lifted = await ana.POST("/v1/relationships/{relationshipId}/pauses/{pauseId}/lift", it);
  expect(lifted.data?.state, "lifted");

  await ana.PUT("/v1/relationships/{relationshipId}/pauses/{pauseId}", {
    params: { path: { relationshipId, pauseId: crypto.randomUUID() } },
  });
  const first = (await list(ben, relationshipId))!;
  const second = (await list(ben, relationshipId, first.nextCursor))!;
  expect([first.hasMore, second.hasMore], [true, false]);
  expect(second.data[0]?.id, pause.id);
}

async function list(login: Client<paths>, relationshipId: string, cursor?: string) {
  const params = { path: { relationshipId }, query: { limit: 1, cursor } };
  return (await login.GET("/v1/relationships/{relationshipId}/pauses", { params })).data;
}

/** Calls an operation by its path. */
export async function call(baseUrl: string, { method, path, parameters, body }: Call): Promise<unknown> {
  const params: Record<string, Record<string, unknown>> = { path: {}, query: {}, header: {} };
  for (const { name, in: place, value } of parameters) {
    params[place]![name] = value;
  }
  const ask = createClient<any>({ baseUrl }) as Client<any>;
  const { data, error } = await ask.request(method as "get", path as never, { params, body } as never);
  if (error !== undefined) {
    throw new Error(JSON.stringify(error));
  }
  return data;
}

type Expect = (actual: unknown, expected: unknown) => void;

type Call = {
  method: string;
  path: string;
  parameters: { name: string; in: string; value: unknown }[];
  body?: unknown;
};
