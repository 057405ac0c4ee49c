// Two phones of two people who have just found each other, through the client that is generated from the contract.
import {
  AgreementsApi,
  CheckInsApi,
  Configuration,
  EventsApi,
  InForceApi,
  InvitationsApi,
  MeApi,
  PausesApi,
  RelationshipsApi,
  ResponseError,
  TermsApi,
} from "./client/index.js";

const basePath = new URL(".", location.href).href.replace(/\/$/, "");
const trouble = document.querySelector("#trouble")!;

/** What only a sandbox has isn't part of the contract. */
async function sandbox<T>(path: string, body?: object): Promise<T> {
  const response = await fetch(`${basePath}/sandbox/${path}`, {
    method: body ? "POST" : "GET",
    headers: { "Content-Type": "application/json" },
    body: body && JSON.stringify(body),
  });
  return response.json();
}

/** Shows a problem's title, which is written for the person who has to act on it. */
async function show(failure: unknown) {
  trouble.textContent =
    failure instanceof ResponseError ? (await failure.response.clone().json()).title : String(failure);
}

function onClick(button: HTMLButtonElement, act: () => Promise<unknown>) {
  button.addEventListener("click", async () => {
    trouble.textContent = "";
    await act().catch(show);
  });
}

/** One person, and the parts of the interface that the page uses. */
class Person {
  readonly agreements: AgreementsApi;
  readonly checkIns: CheckInsApi;
  readonly events: EventsApi;
  readonly inForce: InForceApi;
  readonly invitations: InvitationsApi;
  readonly me: MeApi;
  readonly pauses: PausesApi;
  readonly relationships: RelationshipsApi;
  readonly terms: TermsApi;
  id = "";

  private constructor(
    readonly name: string,
    accessToken: string,
  ) {
    const login = new Configuration({ basePath, accessToken });
    this.agreements = new AgreementsApi(login);
    this.checkIns = new CheckInsApi(login);
    this.events = new EventsApi(login);
    this.inForce = new InForceApi(login);
    this.invitations = new InvitationsApi(login);
    this.me = new MeApi(login);
    this.pauses = new PausesApi(login);
    this.relationships = new RelationshipsApi(login);
    this.terms = new TermsApi(login);
  }

  static async adult(name: string): Promise<Person> {
    const subject = `${name}-${crypto.randomUUID()}`;
    const { accessToken } = await sandbox<{ accessToken: string }>("tokens", { subject });
    const person = new Person(name, accessToken);
    person.id = (await person.me.attestAdult()).id;
    return person;
  }
}

async function pair(ana: Person, ben: Person): Promise<string> {
  const relationship = await ana.relationships.createRelationship();
  const { code } = await ana.invitations.createInvitation({ relationshipId: relationship.id });
  const preview = await ben.invitations.previewInvitationRaw({ code });
  await ben.invitations.acceptInvitation({ code, ifMatch: preview.raw.headers.get("ETag")! });
  return relationship.id;
}

/** What both phones know of: the page is no phone. */
interface Shared {
  relationshipId: string;
  checkInId: string;
  itemId: string;
  tappedAt: number;
  terms: { id: string; hash: string; proposedBy: Person }[];
  phones: Phone[];
}

async function talk(first: Person, second: Person, relationshipId: string) {
  const { now } = await sandbox<{ now: string }>("clock");
  const { id: checkInId, items } = await first.checkIns.scheduleCheckIn({
    relationshipId,
    scheduleCheckInRequest: {
      startsAt: new Date(now),
      items: [{ title: "The week", questions: ["How was the week?"], answers: "sealed" }],
    },
  });
  for (const person of [first, second]) {
    await person.checkIns.sayReady({ relationshipId, checkInId });
  }
  return { checkInId, itemId: items[0]!.id };
}

class Phone {
  private readonly root: HTMLElement;

  constructor(
    private readonly person: Person,
    private readonly other: Person,
    private readonly shared: Shared,
  ) {
    const template = document.querySelector<HTMLTemplateElement>("#phone")!;
    this.root = (template.content.cloneNode(true) as DocumentFragment).querySelector("section")!;
    this.root.dataset.name = person.name;
    this.part("h2").textContent = person.name;
    document.querySelector("#phones")!.append(this.root);
    const { relationshipId } = shared;
    for (const kind of ["red", "yellow"] as const) {
      onClick(this.part(`.${kind}`), () => {
        shared.tappedAt = performance.now();
        return person.pauses.raisePause({ relationshipId, raisePauseRequest: { kind } });
      });
    }
    onClick(this.part(".lift"), () => this.lift());
    onClick(this.part(".submit"), () => this.submit());
    onClick(this.part(".propose"), () => this.propose());
    onClick(this.part(".assent"), () => this.assent());
  }

  private part<E extends HTMLElement>(selector: string): E {
    return this.root.querySelector<E>(selector)!;
  }

  private list(selector: string, lines: string[]) {
    this.part(selector).replaceChildren(
      ...lines.map((line) => {
        const item = document.createElement("li");
        item.textContent = line;
        return item;
      }),
    );
  }

  /** Listens until the page is closed, and begins again where a stream ends. */
  async listen() {
    let lastEventID: string | undefined;
    for (;;) {
      try {
        const { raw } = await this.person.events.streamEventsRaw({ lastEventID });
        const lines = raw.body!.pipeThrough(new TextDecoderStream()).getReader();
        let text = "";
        for (let part = await lines.read(); !part.done; part = await lines.read()) {
          text += part.value;
          const messages = text.split("\n\n");
          text = messages.pop()!;
          for (const message of messages) {
            const field = (name: string) =>
              message
                .split("\n")
                .find((line) => line.startsWith(`${name}:`))
                ?.slice(name.length + 1)
                .trim();
            lastEventID = field("id") ?? lastEventID;
            const data = field("data");
            if (data) {
              await this.hear(JSON.parse(data), performance.now());
            }
          }
        }
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 1000));
      }
    }
  }

  private async hear(event: { type: string; resource: { id: string } }, at: number) {
    const line = document.createElement("li");
    line.textContent = event.type;
    this.part(".events").prepend(line);
    if (event.type === "pause.raised") {
      const pause = await this.person.pauses.getPause({
        relationshipId: this.shared.relationshipId,
        pauseId: event.resource.id,
      });
      if (pause.raiserId !== this.person.id) {
        const milliseconds = (at - this.shared.tappedAt).toFixed(1);
        this.part(".notice").textContent = `${pause.discreetText} (${milliseconds} ms from tap to arrival)`;
      }
    } else if (event.type === "pause.lifted") {
      this.part(".notice").textContent = "Lifted.";
    }
    await this.refresh();
  }

  /** Reads all that it shows. */
  async refresh() {
    const { relationshipId, checkInId, itemId } = this.shared;
    const { activePauses } = await this.person.pauses.getRelationshipState({ relationshipId });
    this.root.classList.toggle("paused", activePauses.length > 0);
    this.list(
      ".pauses",
      activePauses.map(({ kind, raiserId }) => `${kind}, by ${raiserId === this.person.id ? "me" : this.other.name}`),
    );
    this.part(".lift").hidden = !activePauses.some(({ raiserId }) => raiserId === this.person.id);
    const { answers } = await this.person.checkIns.listAnswers({ relationshipId, checkInId, itemId });
    this.list(
      ".answers",
      answers.map(({ memberId, text }) => `${memberId === this.person.id ? "me" : this.other.name}: ${text}`),
    );
    this.part(".assent").hidden = !this.shared.terms.some(({ proposedBy }) => proposedBy === this.other);
    const { activity } = await this.person.inForce.getInForce({
      relationshipId,
      domain: "touch",
      activity: "holding-hands",
    });
    this.part(".level").textContent = activity?.level ?? "";
  }

  private async lift() {
    const { relationshipId } = this.shared;
    const { activePauses } = await this.person.pauses.getRelationshipState({ relationshipId });
    for (const { id, raiserId } of activePauses) {
      if (raiserId === this.person.id) {
        await this.person.pauses.liftPause({ relationshipId, pauseId: id });
      }
    }
  }

  private async submit() {
    const { relationshipId, checkInId, itemId } = this.shared;
    const text = this.part<HTMLTextAreaElement>(".note").value;
    await this.person.checkIns.writeMyAnswer({
      relationshipId,
      checkInId,
      itemId,
      writeCheckInAnswerRequest: { text },
    });
    await this.person.checkIns.submitMyAnswer({ relationshipId, checkInId, itemId });
    this.part(".sealed").textContent = "Submitted.";
    await this.refresh();
  }

  private async propose() {
    const { relationshipId } = this.shared;
    const draft = await this.person.agreements.createAgreementDraft({
      relationshipId,
      createAgreementDraftRequest: {
        title: "Holding hands",
        terms: [
          {
            kind: "consent",
            polarity: "permits",
            mode: "standing",
            domain: "touch",
            activities: ["holding-hands"],
            memberIds: [this.person.id, this.other.id],
            text: "We hold hands whenever both of us feel like it.",
          },
        ],
      },
    });
    const version = await this.person.agreements.proposeAgreement({ relationshipId, draftId: draft.id });
    this.shared.terms.push(...version.terms.map(({ id, hash }) => ({ id, hash, proposedBy: this.person })));
    await Promise.all(this.shared.phones.map((phone) => phone.refresh()));
  }

  private async assent() {
    const { relationshipId } = this.shared;
    for (const { id, hash, proposedBy } of this.shared.terms.splice(0)) {
      if (proposedBy === this.other) {
        await this.person.terms.assentToTerm({ relationshipId, termId: id, assentRequest: { hash } });
      }
    }
    await this.refresh();
  }
}

async function tell() {
  document.querySelector("#now")!.textContent = (await sandbox<{ now: string }>("clock")).now;
}

async function begin() {
  const [ana, ben] = [await Person.adult("Ana"), await Person.adult("Ben")];
  const relationshipId = await pair(ana, ben);
  const shared: Shared = { relationshipId, ...(await talk(ana, ben, relationshipId)), tappedAt: 0, terms: [], phones: [] as Phone[] };
  shared.phones.push(new Phone(ana, ben, shared), new Phone(ben, ana, shared));
  for (const phone of shared.phones) {
    await phone.refresh();
    void phone.listen();
  }
  onClick(document.querySelector<HTMLButtonElement>("#later")!, async () => {
    await sandbox("clock/advance", { seconds: 86_400 });
    await tell();
    await Promise.all(shared.phones.map((phone) => phone.refresh()));
  });
  await tell();
}

await begin().catch(show);
