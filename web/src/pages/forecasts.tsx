// Who predicted what by when, what came of it, and how good the forecasters are.

import type { JSX } from "preact";
import type { ForecastItem, Forecasts, Overview } from "../api";
import { A, Await, Bar, Title } from "../parts/basics";
import { Quotes } from "../parts/claims";
import { Filters, Voice } from "../parts/filters";
import { kindsOf, wanted } from "../parts/filtering";
import { TimeBar } from "../parts/time";
import { query, useAnswer } from "../data";
import { useRoute } from "../route";
import { count, day, percent } from "../words";

export function ForecastsPage(props: { overview: Overview }): JSX.Element {
  const { params } = useRoute();
  const found = useAnswer<Forecasts>(query("/api/forecasts", {
    at: params.get("at"), known_at: params.get("known"), according_to: params.get("by") }));
  return (
    <>
      <TimeBar overview={props.overview} />
      <Title sub="Predictions move no belief: the ledger only looks whether they came true.">Forecasts</Title>
      <Filters overview={props.overview} only={["by", "country", "adm1", "side", "kind", "p", "period"]} period="Open" />
      <Voice />
      <Await of={found}>{(told) => {
        const shown = told.forecasts.filter((f) => wanted({ country: f.country, adm1: f.adm1, sides: [f.side_id],
          kinds: kindsOf(f.claims), probability: f.outcome, from: f.made, to: f.latest }, params));
        return (
          <>
            {shown.length === 0 && <p>Nobody predicts anything about a place{told.forecasts.length ? " that fits the filters" : ""}.</p>}
            {shown.map((f, i) => <One key={i} of={f} />)}
            {told.forecasters.length > 0 && <Scores of={told} />}
          </>
        );
      }}</Await>
    </>
  );
}

const STATES: Record<string, string> = { "came true": "good", failed: "bad", open: "", unclear: "" };

function One(props: { of: ForecastItem }): JSX.Element {
  const { of: f } = props;
  return (
    <article class="card">
      <h2><span><A to="/place" with={{ id: f.place_id }}>{f.place}</A>: {f.says}{f.latest && <> by {day(f.latest)}</>}</span>
        <span class={`tag state ${STATES[f.state] ?? ""}`}>{f.state}</span></h2>
      <p class="soft"><bdi>{f.source}</bdi>{f.made && <>, {day(f.made)}</>}</p>
      <dl class="pair">
        <div><dt>its words mean</dt><dd><Bar p={f.said} /> {percent(f.said)}</dd></div>
        <div><dt>so far likely to have come true</dt><dd><Bar p={f.outcome} /> {percent(f.outcome)}</dd></div>
        {f.brier !== null && <div><dt>Brier score (0 is best)</dt><dd>{f.brier.toFixed(2)}</dd></div>}
        {f.days_early !== null && <div><dt>came true before its time was up</dt><dd>{f.days_early.toFixed(0)} days</dd></div>}
      </dl>
      <Quotes claims={f.claims} />
    </article>
  );
}

function Scores(props: { of: Forecasts }): JSX.Element {
  return (
    <section>
      <h2>How the forecasters fared</h2>
      <div class="scroll" tabIndex={0} role="region" aria-label="How the forecasters fared">
        <table>
          <thead><tr><th scope="col">Source</th><th scope="col">Resolved</th><th scope="col">Brier score</th>
            <th scope="col">Days early</th></tr></thead>
          <tbody>{props.of.forecasters.map((s) => (
            <tr key={s.source}><th scope="row"><bdi>{s.source}</bdi></th><td>{count(s.resolved, "forecast")}</td>
              <td>{s.brier.toFixed(2)}</td><td>{s.days_early === null ? "" : s.days_early.toFixed(0)}</td></tr>))}</tbody>
        </table>
      </div>
      <p class="soft">Brier score: 0 is a sure and right forecast, 1 a sure and wrong one, 0.25 a coin.</p>
    </section>
  );
}
