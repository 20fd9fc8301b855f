// Numbers as bounds, and whether they fit each other and the ledger's own count.

import type { JSX } from "preact";
import type { NumberItem, NumberSeries, Overview } from "../api";
import { A, Await, Title } from "../parts/basics";
import { Quote } from "../parts/claims";
import { Filters, Voice } from "../parts/filters";
import { told, wanted } from "../parts/filtering";
import { TimeBar } from "../parts/time";
import { query, useAnswer } from "../data";
import { useRoute } from "../route";
import { count } from "../words";

export function NumbersPage(props: { overview: Overview }): JSX.Element {
  const { params } = useRoute();
  const found = useAnswer<NumberSeries[]>(query("/api/tally", {
    known_at: params.get("known"), according_to: params.get("by") }));
  return (
    <>
      <TimeBar overview={props.overview} valid={false} />
      <Title sub="What was told in numbers, as the bounds it was told with, and whether it can all be so.">Numbers</Title>
      <Filters overview={props.overview} only={["by", "country", "adm1", "side", "kind", "period"]} />
      <Voice />
      <Await of={found}>{(all) => {
        const shown = all.filter((s) => wanted({ country: s.country, adm1: s.adm1, sides: [s.side_id], kinds: [s.kind],
          ...told(s.numbers.map((n) => n.claim)) }, params));
        const wrong = shown.flatMap((s) => s.numbers).filter((n) => n.checks.some((c) => !c.fits)).length;
        return shown.length
          ? <>
            <p class="soft">{count(shown.flatMap((s) => s.numbers).length, "number")} of {count(shown.length, "thing")};{" "}
              {wrong ? <b>{count(wrong, "does", "do")} not fit</b> : "none contradicts what else is known"}</p>
            {shown.map((s, i) => <Series key={i} of={s} />)}
          </>
          : <p>No number is told as a fact{all.length ? " that fits the filters" : ""}.</p>;
      }}</Await>
    </>
  );
}

function Series(props: { of: NumberSeries }): JSX.Element {
  const { of: s } = props;
  const most = Math.max(1e-9, ...s.numbers.map((n) => n.of ?? n.high ?? n.low * 1.3));
  return (
    <article class="card">
      <h2 dir="auto">{s.title}{s.place_id && <> <A to="/place" with={{ id: s.place_id }}>
        <span class="small">why {s.place} is as it is</span></A></>}</h2>
      <ol class="numbers">{s.numbers.map((n, i) => <One key={i} number={n} most={most} />)}</ol>
    </article>
  );
}

function One(props: { number: NumberItem; most: number }): JSX.Element {
  const { number: n, most } = props;
  const low = n.low / most * 100;
  const high = n.high === null ? 100 : n.high / most * 100;
  return (
    <li>
      <div class="number">
        <b>{n.text}</b>
        <span class="range" role="img" aria-label={`${n.text} on a scale from 0 to ${most.toLocaleString("en")}`}>
          <span class={n.high === null ? "unbounded" : ""} style={{ left: `${Math.min(98.5, low)}%`, width: `${Math.max(1.5, high - low)}%` }} />
        </span>
        <span class="soft">{n.when}</span>
      </div>
      {n.checks.map((check, i) => (
        <p key={i} class={check.fits ? "fit" : "fit bad"}>
          <span aria-hidden="true">{check.fits ? "✓" : "✗"}</span> {check.text}</p>
      ))}
      <Quote claim={n.claim} />
    </li>
  );
}
