// What is different since a moment: other holders, fighting begun or over, other odds.

import type { JSX } from "preact";
import type { ChangeItem, Changes, Held, Overview } from "../api";
import { A, Await, SideName, Title } from "../parts/basics";
import { Quotes } from "../parts/claims";
import { Filters, Voice } from "../parts/filters";
import { kindsOf, wanted } from "../parts/filtering";
import { TimeBar } from "../parts/time";
import { query, useAnswer } from "../data";
import { choose, useRoute } from "../route";
import { count, instantOf, iso, moment, percent } from "../words";

const DAY = 24 * 3600_000;
const TITLES: [ChangeItem["what"], string][] = [["holder", "Other holders"], ["contested", "Fighting begun or over"],
  ["probability", "Surer or less sure"]];

export function ChangesPage(props: { overview: Overview }): JSX.Element {
  const { overview } = props;
  const { params } = useRoute();
  const last = instantOf(params.get("known")) ?? instantOf(overview.last) ?? 0;
  const since = params.get("since") ?? iso(last - 2 * DAY).slice(0, 10);
  const found = useAnswer<Changes>(overview.last ? query("/api/changes", {
    since, known_at: params.get("known"), according_to: params.get("by") }) : null);
  return (
    <>
      <TimeBar overview={overview} valid={false} />
      <Title sub="What was believed then, as known then, against what is known now.">What is different</Title>
      <p><label>since the end of{" "}
        <input type="date" value={since.slice(0, 10)} min={overview.first?.slice(0, 10)} max={overview.last?.slice(0, 10)}
          onChange={(event) => event.currentTarget.value && choose({ since: event.currentTarget.value })} /></label></p>
      <Filters overview={overview} only={["by", "country", "adm1", "side", "kind", "p"]} />
      <Voice />
      {!overview.last && <p>No report here has a date: nothing is before or after.</p>}
      <Await of={found}>{(told) => {
        const shown = told.changes.filter((c) => wanted({ country: c.country, adm1: c.adm1, kinds: kindsOf(c.claims),
          sides: [c.before.holder_id, c.after.holder_id], contested: c.after.contested || c.before.contested,
          probability: c.after.holder_id ? c.after.probability : 0 }, params));
        return (
          <>
            <p class="soft">{count(shown.length, "place is", "places are")} not as before, from {moment(told.since)}, as then known, to {moment(told.until)}</p>
            {TITLES.map(([what, title]) => {
              const mine = shown.filter((c) => c.what === what);
              return mine.length > 0 && (
                <section key={what}>
                  <h2>{title} <span class="soft">{mine.length}</span></h2>
                  <ul class="changes">{mine.map((c) => <One key={c.place_id} of={c} overview={overview} />)}</ul>
                </section>
              );
            })}
          </>
        );
      }}</Await>
    </>
  );
}

function One(props: { of: ChangeItem; overview: Overview }): JSX.Element {
  const { of: c, overview } = props;
  return (
    <li>
      <details>
        <summary>
          <b dir="auto">{c.place}</b> <span class="soft kind">{c.kind}</span>
          <span class="from"><State of={c.before} overview={overview} /></span>
          <span class="arrow" aria-label="became">→</span>
          <span class="to"><State of={c.after} overview={overview} /></span>
        </summary>
        <p class="soft">{c.after.since && <>Held: {c.after.since}. </>}<A to="/place" with={{ id: c.place_id }}>Why</A></p>
        {c.claims.length ? <Quotes claims={c.claims} most={4} /> : <p class="soft">No new claim: only time has passed.</p>}
      </details>
    </li>
  );
}

function State(props: { of: Held; overview: Overview }): JSX.Element {
  const { of: held } = props;
  return (
    <>
      <SideName id={held.holder_id} overview={props.overview} contested={held.contested} />
      {held.holder_id && <span class="soft"> {percent(held.probability)}</span>}
    </>
  );
}
