// What each source said and what became of it; who repeats whom.

import type { JSX } from "preact";
import type { Overview, SourceItem, Sources } from "../api";
import { A, Await, Title } from "../parts/basics";
import { Filters, Voice } from "../parts/filters";
import { wanted } from "../parts/filtering";
import { TimeBar } from "../parts/time";
import { query, useAnswer } from "../data";
import { useRoute } from "../route";
import { count, day, likelihood, percent } from "../words";

const PARTS: [key: "borne_out" | "contradicted" | "undecided" | "alone", name: string][] = [
  ["borne_out", "borne out by others"], ["contradicted", "contradicted by others"],
  ["undecided", "spoken to, not decided"], ["alone", "said by nobody else"]];

export function SourcesPage(props: { overview: Overview }): JSX.Element {
  const { params } = useRoute();
  const by = params.get("by");
  const found = useAnswer<Sources>(query("/api/sources", { known_at: params.get("known") }));
  return (
    <>
      <TimeBar overview={props.overview} valid={false} />
      <Title sub="Each source is judged by what the others say, never by its own copies.">Sources</Title>
      <Filters overview={props.overview} only={["by", "side", "p"]} />
      <Voice />
      <p class="legend">{PARTS.map(([key, name]) => <span class="key" key={key}><span class={`swatch ${key}`} aria-hidden="true" />{name}</span>)}</p>
      <Await of={found}>{(told) => {
        const shown = told.sources.filter((s) => wanted({ sides: [s.side_id], probability: s.credence ?? 0 }, params)
          && (!by || s.source === by || s.side === by));
        const most = Math.max(1, ...shown.map((s) => s.statements));
        return (
          <>
            {shown.length === 0 && <p>No source says anything about a place{told.sources.length ? " that fits the filters" : ""}.</p>}
            <ul class="sources">{shown.map((s) => <One key={s.origin} of={s} most={most} />)}</ul>
            {told.repeats.length > 0 && <Repeats of={told} />}
          </>
        );
      }}</Await>
    </>
  );
}

function One(props: { of: SourceItem; most: number }): JSX.Element {
  const { of: s, most } = props;
  const told = PARTS.filter(([key]) => s[key]).map(([key, name]) => `${s[key]} ${name}`).join(", ");
  return (
    <li>
      <div><b><bdi>{s.source}</bdi></b> <span class="soft">{s.source_class}{s.side && ` of ${s.side}`}</span></div>
      <div class="record">
        <span class="parts" role="img" aria-label={`${count(s.statements, "statement")}: ${told}`}
          style={{ width: `${Math.max(4, s.statements / most * 100)}%` }}>
          {PARTS.map(([key, name]) => s[key] > 0 && <span key={key} class={key} title={`${s[key]} ${name}`}
            style={{ flexGrow: s[key] }}>{s[key]}</span>)}
        </span>
      </div>
      <p class="soft">
        {count(s.statements, "statement")}
        {s.credence !== null && <>; by what the others say, on average {percent(s.credence)} right ({likelihood(s.credence)})</>}
        {s.late_days !== null && Math.abs(s.late_days) >= 0.05 && <>; {Math.abs(s.late_days).toFixed(1)} days {s.late_days > 0 ? "after" : "before"} the others</>}
        {s.silences.length > 0 && <>; silent {s.silences.map(([a, b]) => `${day(a, false)}–${day(b, false)}`).slice(0, 3).join(", ")}</>}
        {s.origin.startsWith("outlet:") && <> · <A to="/" with={{ by: s.source }}>the war as it tells it</A></>}
      </p>
    </li>
  );
}

function Repeats(props: { of: Sources }): JSX.Element {
  return (
    <section>
      <h2>Who repeats whom</h2>
      <ul>{props.of.repeats.map((r, i) => (
        <li key={i}><bdi>{r.outlet}</bdi> repeats <b><bdi>{r.copied}</bdi></b> in {r.copies} of its {count(r.reports, "report")}</li>))}</ul>
    </section>
  );
}
