// Review: what is open, the questions first whose answers could change most; merging, splitting, locating.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { OpenAnswer, OpenQuestion, Overview } from "../api";
import { A, Await, Title } from "../parts/basics";
import { Quotes } from "../parts/claims";
import { Deciding } from "../parts/deciding";
import { Filters } from "../parts/filters";
import { kindsOf, told, wanted } from "../parts/filtering";
import { Log } from "../parts/log";
import { meant, NameField, useNamed } from "../parts/naming";
import { say } from "../parts/review";
import { query, useAnswer } from "../data";
import { choose, useRoute } from "../route";
import { count, percent } from "../words";

const AT_ONCE = 10; // questions: a person settles few in one go

export function ReviewPage(props: { overview: Overview }): JSX.Element {
  const { overview } = props;
  const { params } = useRoute();
  const about = params.get("about");
  const [most, setMost] = useState(AT_ONCE);
  const places = useNamed("place");
  const named = places.find((p) => p.id === about)?.name ?? about;
  const found = useAnswer<OpenQuestion[]>(query("/api/questions", { place: about, most: "40" }));
  return (
    <>
      <Title sub="The questions whose answers could change most come first. Every word is signed and dated, and can be taken back.">Review</Title>
      {!overview.may_write && <p class="note">Looking is free. Answering needs a reviewer's token: <code>whoholds reviewer add NAME</code> makes
        a reviewer and shows the token once; then <b>Sign in</b>, above.</p>}
      {about && <p>Only about <b><bdi>{named}</bdi></b>. <button type="button" class="plain" onClick={() => choose({ about: null })}>everything</button></p>}
      <Filters overview={overview} only={["country", "adm1", "side", "kind", "period"]} />
      <section aria-label="What is open">
        <h2>What is open</h2>
        <Await of={found}>{(all) => {
          const shown = all.filter((q) => wanted({ country: q.country, adm1: q.adm1, kinds: kindsOf(q.claims), ...told(q.claims),
            sides: q.claims.map((c) => c.actor_side) }, params));
          return shown.length
            ? <><ol class="questions">{shown.slice(0, most).map((q) => <One key={`${q.kind} ${q.text} ${q.claims[0]?.claim_id}`} of={q} overview={overview} />)}</ol>
              {shown.length > most && <p><button type="button" onClick={() => setMost(most + AT_ONCE)}>{count(shown.length - most, "question")} more</button></p>}</>
            : <p>Nothing is open{all.length ? " that fits the filters" : ""}.</p>;
        }}</Await>
      </section>
      {overview.may_write && <Deciding about={named} />}
      {overview.may_write && <Log overview={overview} />}
    </>
  );
}

const KINDS: Record<OpenQuestion["kind"], string> = { doubtful: "perhaps misread", unresolved: "unknown name",
  unlocated: "unknown place", dispute: "dispute" };

/** Enters an answer; gives what went wrong, or null. */
function enter(answer: OpenAnswer): Promise<string | null> {
  if (answer.verb === "locate") return say("/api/locate", { place: answer.place, into: answer.into });
  return say(`/api/claims/${answer.claim}/${answer.verb}`, answer.verb === "correct" ? { changes: answer.changes } : {});
}

function One(props: { of: OpenQuestion; overview: Overview }): JSX.Element {
  const { of: q, overview } = props;
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const act = (what: Promise<string | null>) => {
    setBusy(true);
    void what.then((failed) => {
      setProblem(failed);
      setBusy(false);
    });
  };
  const first = q.claims[0];
  return (
    <li class="card question">
      <h3 dir="auto">{q.text}</h3>
      <p class="soft"><span class="tag">{KINDS[q.kind]}</span> The answer is expected to move {q.moves >= 0.01 ? percent(q.moves) : "less than 1%"} of
        what is believed{q.place_id && q.place && <> of <A to="/place" with={{ id: q.place_id }}>{q.place}</A></>}.</p>
      <Quotes claims={q.claims} />
      {q.claims_in_all > q.claims.length && <p class="soft">and {count(q.claims_in_all - q.claims.length, "claim")} more</p>}
      {overview.may_write
        ? <div class="row answers">
          {q.answers.map((a) => (
            <button key={a.text} type="button" disabled={busy} onClick={() => act(enter(a))}>
              <bdi>{a.text}</bdi> <span class="soft">{percent(a.chance)}</span></button>))}
          {first && q.kind !== "unlocated" && <A to="/report" class="button" with={{ id: first.report_id, claim: first.claim_id }}>Correct it in its report …</A>}
        </div>
        : <ul class="soft">{q.answers.map((a) => <li key={a.text}><bdi>{a.text}</bdi>: {percent(a.chance)}</li>)}</ul>}
      {overview.may_write && q.kind === "unresolved" && q.role && first && <Means id={first.claim_id} role={q.role} busy={busy}
        send={(text) => act(say(`/api/claims/${first.claim_id}/correct`, { changes: { [`${q.role}_is`]: text } }))} />}
      {overview.may_write && q.kind === "unlocated" && q.place_id && <p class="soft">Or say where it lies, under
        “Where is it”, below.</p>}
      {problem && <p class="problem" role="alert">{problem}</p>}
    </li>
  );
}

/** Which place or actor a name means, in a person's own words. */
function Means(props: { id: string; role: "place" | "actor"; busy: boolean; send: (text: string) => void }): JSX.Element {
  const named = useNamed(props.role);
  const [text, setText] = useState("");
  return (
    <form class="row" onSubmit={(event) => { event.preventDefault(); props.send(meant(text, named)); }}>
      <NameField id={`means-${props.id}`} label={props.role === "place" ? "It is the place" : "It is"} named={named} value={text}
        set={setText} hint="a name that the ledger, a pack or the gazetteer has" />
      <button type="submit" disabled={props.busy || !text.trim()}>Say so</button>
    </form>
  );
}
