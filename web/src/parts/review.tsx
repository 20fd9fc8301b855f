// What a person may say of a claim or a report: read aright, read otherwise, misread, withdrawn.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { EntryItem, Overview, ReportClaim } from "../api";
import { ask, forget, Refused } from "../data";
import { moment } from "../words";

export async function say(path: string, body: Record<string, unknown>): Promise<string | null> {
  try {
    await ask<EntryItem>(path, { method: "POST", headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body) });
    forget();
    return null;
  } catch (error) {
    return error instanceof Refused ? error.message : String(error);
  }
}

const VERBS: Record<string, string> = { confirm: "read aright, says", correct: "corrected by",
  dismiss: "misread, says", retraction: "withdrawn, entered by" };

/** What people said of it, each with a way to take it back. */
export function Said(props: { said: EntryItem[]; overview: Overview }): JSX.Element | null {
  const [problem, setProblem] = useState<string | null>(null);
  if (!props.said.length) return null;
  return (
    <ul class="said-list">
      {props.said.map((e) => (
        <li key={e.id}><b>{VERBS[e.kind] ?? e.kind}</b> <bdi>{e.author}</bdi>, {moment(e.at)}
          {e.reason && <>: <bdi>{e.reason}</bdi></>}
          {props.overview.may_write && <> <button type="button" class="plain" onClick={() =>
            void say(`/api/entries/${e.id}/undo`, {}).then(setProblem)}>take back</button></>}
        </li>))}
      {problem && <li class="problem" role="alert">{problem}</li>}
    </ul>
  );
}

type Mode = "look" | "correct" | "dismiss";

export function Verdict(props: { claim: ReportClaim; overview: Overview }): JSX.Element | null {
  const { claim: { claim }, overview } = props;
  const [mode, setMode] = useState<Mode>("look");
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  if (!overview.may_write) return null;
  const send = (verb: string, body: Record<string, unknown>) => {
    setBusy(true);
    void say(`/api/claims/${claim.claim_id}/${verb}`, body).then((failed) => {
      setBusy(false);
      setProblem(failed);
      if (!failed) setMode("look");
    });
  };
  return (
    <div class="verdict">
      {mode === "look" && <p class="row">
        <button type="button" disabled={busy} onClick={() => send("confirm", { reason: "" })}>Read aright</button>
        <button type="button" disabled={busy} onClick={() => setMode("correct")}>Correct …</button>
        <button type="button" disabled={busy} onClick={() => setMode("dismiss")}>Misread …</button>
      </p>}
      {mode === "correct" && <Correct claim={props.claim} overview={overview} busy={busy}
        send={(changes, reason) => send("correct", { changes, reason })} leave={() => setMode("look")} />}
      {mode === "dismiss" && <Reason verb="It is a misreading" leave={() => setMode("look")} busy={busy}
        send={(reason) => send("dismiss", { reason })} />}
      {problem && <p class="problem" role="alert">{problem}</p>}
    </div>
  );
}

function Reason(props: { verb: string; busy: boolean; send: (reason: string) => void; leave: () => void }): JSX.Element {
  const [reason, setReason] = useState("");
  return (
    <form onSubmit={(event) => { event.preventDefault(); props.send(reason); }}>
      <label>Why?<br /><input type="text" value={reason} onInput={(event) => setReason(event.currentTarget.value)} /></label>
      <p class="row"><button type="submit" class="main" disabled={props.busy}>{props.verb}</button>
        <button type="button" onClick={props.leave}>Cancel</button></p>
    </form>
  );
}

const MODALITIES = ["actual", "possible", "planned", "ordered", "demanded", "promised", "forecast"];
const WORDS: [field: string, label: string, hint: string][] = [
  ["actor", "who", "words that stand in the report"],
  ["counterpart", "against", "words that stand in the report"],
  ["place", "where", "words that stand in the report"],
  ["place_is", "which place that is", "a name or id, where the words mean another place"],
  ["part", "part of the place", "the outskirts"],
  ["valid", "when", "2021-08-13, 2021-08-12..2021-08-14, ..2021-08-14"],
  ["source", "who says so", "outermost first: Outlet > agency > official"],
  ["hedges", "hedged", "unconfirmed, said to be"],
];

function validText(claim: ReportClaim["claim"]): string {
  if (!claim.valid) return "";
  const [from, to] = claim.valid;
  const cut = (text: string | null) => text?.slice(0, 10) ?? "";
  return cut(from) === cut(to) ? cut(from) : `${cut(from)}..${cut(to)}`;
}

function Correct(props: { claim: ReportClaim; overview: Overview; busy: boolean;
  send: (changes: Record<string, string>, reason: string) => void; leave: () => void }): JSX.Element {
  const { claim } = props.claim;
  const before: Record<string, string> = {
    kind: claim.kind, polarity: claim.polarity, modality: claim.modality, actor: claim.actor ?? "",
    counterpart: claim.counterpart ?? "", place: props.claim.place_said ?? "", place_is: "",
    part: claim.part ?? "", valid: validText(claim), source: claim.chain.map((l) => l.name).join(" > "),
    hedges: claim.hedges.join(", "),
  };
  const [now, setNow] = useState(before);
  const [reason, setReason] = useState("");
  const changes = Object.fromEntries(Object.entries(now).filter(([name, value]) => value !== before[name]));
  const pick = (name: string, label: string, options: string[]) => (
    <label>{label}
      <select value={now[name] ?? ""} onChange={(event) => setNow({ ...now, [name]: event.currentTarget.value })}>
        {options.map((o) => <option key={o}>{o}</option>)}
      </select></label>);
  return (
    <form class="correct" onSubmit={(event) => { event.preventDefault(); props.send(changes, reason); }}>
      {pick("kind", "kind", [...new Set([...KINDS, claim.kind])].sort())}
      {pick("polarity", "said or denied", ["affirmed", "denied"])}
      {pick("modality", "how it is meant", MODALITIES)}
      {WORDS.map(([name, label, hint]) => (
        <label key={name}>{label}
          <input type="text" value={now[name] ?? ""} placeholder={hint}
            onInput={(event) => setNow({ ...now, [name]: event.currentTarget.value })} /></label>))}
      <label>why you correct it
        <input type="text" value={reason} onInput={(event) => setReason(event.currentTarget.value)} /></label>
      <p class="row"><button type="submit" class="main" disabled={props.busy || Object.keys(changes).length === 0}>Correct</button>
        <button type="button" onClick={props.leave}>Cancel</button></p>
    </form>
  );
}

const KINDS = ["gain", "loss", "hold", "contest", "attack", "clash", "strike", "encircle", "enter", "approach",
  "deploy", "withdraw", "surrender", "defect", "seize", "detain", "casualty", "evacuate", "displace", "close",
  "open", "negotiate", "agree", "demand", "threaten"];

/** The outlet withdrew the report. */
export function Retract(props: { report: string; overview: Overview }): JSX.Element | null {
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  if (!props.overview.may_write) return null;
  return (
    <div class="verdict">
      {asking
        ? <Reason verb="The outlet withdrew it" busy={false} leave={() => setAsking(false)} send={(reason) =>
          void say(`/api/reports/${props.report}/retract`, { reason }).then((failed) => {
            setProblem(failed);
            setAsking(Boolean(failed));
          })} />
        : <button type="button" onClick={() => setAsking(true)}>The outlet withdrew this report …</button>}
      {problem && <p class="problem" role="alert">{problem}</p>}
    </div>
  );
}
