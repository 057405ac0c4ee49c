import * as client from "./client/index.js";
import { ResponseError, type Problem } from "./client/index.js";

/** One person's login, and the parts of the API that it is for. */
function login(basePath: string, accessToken: string) {
  const configuration = new client.Configuration({ basePath, accessToken });
  return {
    me: new client.MeApi(configuration),
    relationships: new client.RelationshipsApi(configuration),
    invitations: new client.InvitationsApi(configuration),
    pauses: new client.PausesApi(configuration),
    events: new client.EventsApi(configuration),
  };
}

export async function tap(url: string, anasToken: string, bensToken: string, expect: Expect): Promise<void> {
  const [ana, ben] = [login(url, anasToken), login(url, bensToken)];
  await ana.me.attestAdult();
  await ben.me.attestAdult();
  const { id: relationshipId } = await ana.relationships.createRelationship();
  const once = { relationshipId, idempotencyKey: crypto.randomUUID() };
  const invitation = await ana.invitations.createInvitation(once);
  expect(await ana.invitations.createInvitation(once), invitation);
  const preview = await ben.invitations.previewInvitationRaw({ code: invitation.code });
  const ifMatch = preview.raw.headers.get("ETag")!;
  await ben.invitations.acceptInvitation({ code: invitation.code, ifMatch });

  const pause = await ana.pauses.raisePause({ relationshipId, raisePauseRequest: { kind: "red" } });
  const pauseId = pause.id;
  expect(pause.state, "active");
  expect(await ana.pauses.raisePause({ relationshipId }), pause);
  const events = await ben.events.listEvents();
  expect(events.data.find((event) => event.type === "pause.raised")?.resource.id, pauseId);
  expect((await ben.pauses.getPause({ relationshipId, pauseId })).kind, "red");
  expect((await refused(ben.pauses.liftPause({ relationshipId, pauseId }))).code, "pause-not-yours-to-lift");
  expect((await ana.pauses.liftPause({ relationshipId, pauseId })).state, "lifted");

  await ana.pauses.raisePauseWithId({ relationshipId, pauseId: crypto.randomUUID() });
  const first = await ben.pauses.listPauses({ relationshipId, limit: 1 });
  const second = await ben.pauses.listPauses({ relationshipId, limit: 1, cursor: first.nextCursor });
  expect([first.hasMore, second.hasMore], [true, false]);
  expect(second.data[0]?.id, pauseId);
}

async function refused(call: Promise<unknown>): Promise<Problem> {
  try {
    await call;
  } catch (refusal) {
    if (refusal instanceof ResponseError) {
      return refusal.response.json();
    }
  }
  throw new Error("It wasn't refused.");
}

/** Calls an operation by its name. */
export async function call(basePath: string, { api, operation, parameters, model, body }: Call): Promise<unknown> {
  const part = new client[api as "PausesApi"](new client.Configuration({ basePath }));
  const sent: Record<string, unknown> = {};
  if (model) {
    sent[camelCase(model)] = client[`${model}FromJSON` as "PauseFromJSON"](body);
  }
  for (const { name, format, value } of parameters) {
    sent[camelCase(name)] = format?.startsWith("date") ? new Date(String(value)) : value;
  }
  try {
    return await part[operation as "getPause"](sent as never);
  } catch (refusal) {
    throw refusal instanceof ResponseError ? new Error(`${operation}: ${await refusal.response.text()}`) : refusal;
  }
}

function camelCase(name: string): string {
  const renamed: Record<string, string> = { as: "asWhom", with: "withMembers" };
  const small = name.replace(/^[A-Z]/, (first) => first.toLowerCase());
  return renamed[name] ?? small.replace(/-(.)/g, (_, next) => next.toUpperCase());
}

type Expect = (actual: unknown, expected: unknown) => void;

type Call = {
  api: string;
  operation: string;
  parameters: { name: string; format?: string; value: unknown }[];
  model?: string;
  body?: unknown;
};
