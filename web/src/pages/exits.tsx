// The ways out of a country: held by whom, open or closed, which is the last.

import type { JSX } from "preact";
import type { ExitItem, Exits, Overview } from "../api";
import { A, Await, SideName, Title } from "../parts/basics";
import { Quotes } from "../parts/claims";
import { Filters, Voice } from "../parts/filters";
import { kindsOf, told, wanted } from "../parts/filtering";
import { asked, TimeBar } from "../parts/time";
import { query, useAnswer } from "../data";
import { choose, useRoute } from "../route";
import { day, moment, percent } from "../words";

export function ExitsPage(props: { overview: Overview }): JSX.Element {
  const { overview } = props;
  const { params } = useRoute();
  const country = params.get("of") ?? params.get("country") ?? overview.exits[0] ?? Object.keys(overview.countries)[0] ?? "";
  const found = useAnswer<Exits>(country ? query("/api/exits", { country, ...asked(params) }) : null);
  return (
    <>
      <TimeBar overview={overview} />
      <Title sub="Border crossings, airports and ports that some report speaks of.">Ways out</Title>
      {overview.exits.length > 1 && (
        <p><label>of{" "}
          <select value={country} onChange={(event) => choose({ of: event.currentTarget.value })}>
            {overview.exits.map((code) => <option key={code} value={code}>{overview.countries[code] ?? code}</option>)}
          </select></label></p>)}
      <Filters overview={overview} only={["by", "adm1", "side", "kind", "p", "period"]} />
      <Voice />
      <Await of={found}>{(answer) => {
        const shown = answer.ways.filter((w) => wanted({ adm1: w.adm1, sides: [w.holder_id], contested: w.contested,
          probability: w.holder_id ? w.probability : 0, kinds: kindsOf(w.claims), ...told(w.claims) }, params));
        if (!shown.length) return <p>No claim is about a border crossing, airport or port of {answer.country}{answer.ways.length ? " that fits the filters" : ""}.</p>;
        const last = shown.filter((w) => w.last);
        return (
          <>
            <div class="answer">
              <p class="asked soft">{answer.country}, {moment(answer.valid_at)}</p>
              {answer.summary.map((line, i) => <p key={i} class={i ? "strong" : ""}>{line}</p>)}
              {last.length === 0 && answer.summary.length < 2 && <p class="soft">Nobody is down to the last one.</p>}
            </div>
            <ul class="ways">{shown.map((w) => <Way key={w.place_id} way={w} overview={overview} />)}</ul>
          </>
        );
      }}</Await>
    </>
  );
}

function Way(props: { way: ExitItem; overview: Overview }): JSX.Element {
  const { way: w, overview } = props;
  const route = w.open === null ? "nobody says whether it is open"
    : `${w.route === "unknown" ? "open or closed" : w.route}, ${percent(Math.max(w.open, 1 - w.open))}`;
  return (
    <li class={w.last ? "card last" : "card"}>
      <div class="way">
        <span><A to="/place" with={{ id: w.place_id }}><b>{w.place}</b></A> <span class="soft">{w.type}{w.adm1 && `, ${w.adm1}`}</span></span>
        <SideName id={w.holder_id} overview={overview} contested={w.contested} />
        <span>{w.holder_id && <>{w.likelihood}, {percent(w.probability)}</>}</span>
        <span class={`tag route ${w.route}`}>{route}{w.route_since && `, since ${day(w.route_since)}`}</span>
        {w.last && <span class="tag strong">the last one of its holder</span>}
      </div>
      {w.claims.length > 0 && <details><summary>Who says so</summary><Quotes claims={w.claims} /></details>}
    </li>
  );
}
