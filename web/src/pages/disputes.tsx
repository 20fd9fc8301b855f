// Where sources contradict each other: who says what, how independent they are, what to make of it.

import type { JSX } from "preact";
import type { DisputeItem, Overview, Position } from "../api";
import { A, Await, Bar, Marker, Title } from "../parts/basics";
import { Quotes } from "../parts/claims";
import { Filters, Voice } from "../parts/filters";
import { kindsOf, told, wanted } from "../parts/filtering";
import { TimeBar } from "../parts/time";
import { query, useAnswer } from "../data";
import { useRoute } from "../route";
import { count, moment, percent } from "../words";

export function DisputesPage(props: { overview: Overview }): JSX.Element {
  const { params } = useRoute();
  const found = useAnswer<DisputeItem[]>(query("/api/disputes", {
    known_at: params.get("known"), according_to: params.get("by") }));
  return (
    <>
      <TimeBar overview={props.overview} valid={false} />
      <Title sub="Claims of equal origin count once: the number of voices is not the number of witnesses.">
        Where sources contradict each other</Title>
      <Filters overview={props.overview} only={["by", "country", "adm1", "side", "kind", "p", "period"]} />
      <Voice />
      <Await of={found}>{(all) => {
        const shown = all.filter((d) => {
          const claims = d.positions.flatMap((p) => p.claims);
          return wanted({ country: d.country, adm1: d.adm1, sides: d.positions.map((p) => p.holder_id),
            kinds: kindsOf(claims), contested: true,
            probability: Math.max(0, ...d.positions.map((p) => p.credence ?? 0)), ...told(claims) }, params);
        });
        return shown.length
          ? <>
            <p class="soft">{count(shown.length, "place")}; {count(shown.filter((d) => d.settled).length, "dispute")} settled since</p>
            {shown.map((d) => <Dispute key={d.place_id} of={d} overview={props.overview} />)}
          </>
          : <p>No two sources contradict each other about who holds a place{all.length ? " that fits the filters" : ""}.</p>;
      }}</Await>
    </>
  );
}

function Dispute(props: { of: DisputeItem; overview: Overview }): JSX.Element {
  const { of: d } = props;
  return (
    <article class="card">
      <h2><A to="/place" with={{ id: d.place_id, ...(d.valid_from ? { at: d.valid_from } : {}) }}>{d.place}</A>{" "}
        <span class="soft small">{d.kind} · {d.when}</span>
        {d.settled ? <span class="tag">settled since {moment(d.settled)}</span> : <span class="tag">not settled</span>}</h2>
      <div class="positions">
        {d.positions.map((p, i) => <One key={i} position={p} overview={props.overview} />)}
      </div>
    </article>
  );
}

function One(props: { position: Position; overview: Overview }): JSX.Element {
  const { position: p, overview } = props;
  const side = overview.sides.find((s) => s.id === p.holder_id);
  return (
    <section>
      <h3>{side && <Marker side={side} />} {p.stance}</h3>
      <p>
        {p.credence !== null && <><Bar p={p.credence} label={`credence ${percent(p.credence)}`} /> {p.likelihood}, {percent(p.credence)} · </>}
        <span class="soft">{count(p.origins, "independent origin")}</span>
      </p>
      <Quotes claims={p.claims} most={3} />
    </section>
  );
}
