// Decisions about names: two are one, one is two, where a place lies.

import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import type { CitedClaim } from "../api";
import { query, useAnswer } from "../data";
import { count } from "../words";
import { Await } from "./basics";
import { marksOf } from "./claims";
import { meant, NameField, useNamed, written, type What } from "./naming";
import { say } from "./review";

export function Deciding(props: { about: string | null }): JSX.Element {
  return (
    <section aria-label="Decide about names">
      <h2>Decide about names</h2>
      <Fold title="Two are one" sub="places, actors or sources that go by two names"><Merge about={props.about} /></Fold>
      <Fold title="One is two" sub="in some claims the name means another place or actor"><Split about={props.about} /></Fold>
      <Fold title="Where is it" sub="a place that no gazetteer has"><Locate about={props.about} /></Fold>
    </section>
  );
}

function Fold(props: { title: string; sub: string; children: ComponentChildren }): JSX.Element {
  return (
    <details class="card">
      <summary><b>{props.title}</b> <span class="soft">{props.sub}</span></summary>
      {props.children}
    </details>
  );
}

/** A form that enters one word and tells whether it was taken. */
function Enter(props: { verb: string; ready: boolean; send: (reason: string) => Promise<string | null>; done: () => void;
  children: ComponentChildren }): JSX.Element {
  const [reason, setReason] = useState("");
  const [told, tell] = useState<{ good: boolean; text: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    const failed = await props.send(reason);
    setBusy(false);
    tell(failed ? { good: false, text: failed } : { good: true, text: "Entered. It stands under “What people entered”, and can be taken back there." });
    if (failed) return;
    setReason("");
    props.done();
  };
  return (
    <form class="decide" onSubmit={(event) => void submit(event)}>
      {props.children}
      <label>Why? <input type="text" value={reason} onInput={(event) => setReason(event.currentTarget.value)} /></label>
      <p class="row"><button type="submit" class="main" disabled={busy || !props.ready}>{props.verb}</button></p>
      {told && <p class={told.good ? "done" : "problem"} role={told.good ? "status" : "alert"}>{told.text}</p>}
    </form>
  );
}

function Kind<T extends string>(props: { value: T; options: T[]; set: (value: T) => void }): JSX.Element {
  return (
    <label>These are
      <select value={props.value} onChange={(event) => props.set(event.currentTarget.value as T)}>
        {props.options.map((o) => <option key={o} value={o}>{o}s</option>)}
      </select></label>
  );
}

function Merge(props: { about: string | null }): JSX.Element {
  const [what, setWhat] = useState<What>("place");
  const named = useNamed(what);
  const [one, setOne] = useState(props.about ?? "");
  const [into, setInto] = useState("");
  return (
    <Enter verb="They are one" ready={Boolean(one.trim() && into.trim())}
      send={(reason) => say("/api/merge", { what, one: meant(one, named), into: meant(into, named), reason })}
      done={() => { setOne(""); setInto(""); }}>
      <Kind value={what} options={["place", "actor", "source"]} set={setWhat} />
      <NameField id="merge-one" label="What was taken for" named={named} value={one} set={setOne} />
      <NameField id="merge-into" label="is" named={named} value={into} set={setInto}
        hint={what === "source" ? "" : "also one that only the gazetteer or a pack has"} />
    </Enter>
  );
}

function Split(props: { about: string | null }): JSX.Element {
  const [what, setWhat] = useState<"place" | "actor">("place");
  const named = useNamed(what);
  const [of, setOf] = useState(props.about ?? "");
  const [into, setInto] = useState("");
  const [chosen, setChosen] = useState<string[]>([]);
  const id = meant(of, named);
  const known = named.some((n) => n.id === id || n.name === id);
  const claims = useAnswer<CitedClaim[]>(known ? query("/api/spoken", { what, of: id }) : null);
  const toggle = (claim: string, on: boolean) => setChosen(on ? [...chosen, claim] : chosen.filter((c) => c !== claim));
  return (
    <Enter verb={`In ${chosen.length === 1 ? "this claim" : "these claims"} it is another`} ready={Boolean(chosen.length && into.trim())}
      send={(reason) => say("/api/split", { what, of: id, into: meant(into, named), claims: chosen, reason })}
      done={() => { setChosen([]); setInto(""); }}>
      <Kind value={what} options={["place", "actor"]} set={(kind) => { setWhat(kind); setChosen([]); }} />
      <NameField id="split-of" label="What was taken for" named={named} value={of} set={(text) => { setOf(text); setChosen([]); }} />
      <NameField id="split-into" label="is, in the claims chosen below," named={named} value={into} set={setInto}
        hint="another name, or a new one" />
      {known && (
        <fieldset>
          <legend>in these claims ({count(chosen.length, "is", "are")} chosen)</legend>
          <Await of={claims}>{(all) => (
            <ul class="choices">{all.map((c) => (
              <li key={c.claim_id}><label class="check"><input type="checkbox" checked={chosen.includes(c.claim_id)}
                onChange={(event) => toggle(c.claim_id, event.currentTarget.checked)} />{" "}
                <span><bdi>{marksOf(c.sentence)[0]}{c.sentence.trim()}{marksOf(c.sentence)[1]}</bdi> <span class="soft"><bdi>{c.outlet}</bdi>, {c.published_text}; {c.kind}</span></span></label></li>))}</ul>
          )}</Await>
        </fieldset>)}
    </Enter>
  );
}

function Locate(props: { about: string | null }): JSX.Element {
  const named = useNamed("place");
  const unlocated = named.filter((n) => n.unlocated);
  const [place, setPlace] = useState(props.about ?? "");
  const [latitude, setLatitude] = useState("");
  const [longitude, setLongitude] = useState("");
  const [into, setInto] = useState("");
  const degrees = latitude.trim() !== "" && longitude.trim() !== "";
  return (
    <Enter verb="It is there" ready={Boolean(place.trim() && (degrees || into.trim()))}
      send={(reason) => say("/api/locate", { place: meant(place, named), reason,
        ...(into.trim() ? { into: meant(into, named) } : { latitude: Number(latitude), longitude: Number(longitude) }) })}
      done={() => { setPlace(""); setLatitude(""); setLongitude(""); setInto(""); }}>
      <p class="soft">{unlocated.length
        ? <>{count(unlocated.length, "place")} on no map: {unlocated.slice(0, 12).map((n, i) => (
          <span key={n.id}>{i > 0 && ", "}<button type="button" class="plain" onClick={() => setPlace(written(n))}><bdi>{n.name}</bdi></button></span>))}</>
        : "Every place that claims speak of is on the map."}</p>
      <NameField id="locate-place" label="The place" named={unlocated} value={place} set={setPlace} />
      <div class="fields">
        <label>Latitude <input type="number" step="any" min={-90} max={90} value={latitude} onInput={(event) => setLatitude(event.currentTarget.value)} /></label>
        <label>Longitude <input type="number" step="any" min={-180} max={180} value={longitude} onInput={(event) => setLongitude(event.currentTarget.value)} /></label>
      </div>
      <NameField id="locate-into" label="or it is" named={named} value={into} set={setInto} required={false}
        hint="a place that the ledger, a pack or the gazetteer has" />
    </Enter>
  );
}
