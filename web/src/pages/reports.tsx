// The reports that were read, the latest first.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Overview, ReportItem } from "../api";
import { A, Await, Title } from "../parts/basics";
import { Filters, Voice } from "../parts/filters";
import { wanted } from "../parts/filtering";
import { TimeBar } from "../parts/time";
import { query, useAnswer } from "../data";
import { useRoute } from "../route";
import { count } from "../words";

export function ReportsPage(props: { overview: Overview }): JSX.Element {
  const { params } = useRoute();
  const [typed, type] = useState("");
  const [words, search] = useState("");
  const found = useAnswer<ReportItem[]>(query("/api/reports", {
    known_at: params.get("known"), according_to: params.get("by"), words }));
  return (
    <>
      <TimeBar overview={props.overview} valid={false} />
      <Title sub={`${count(props.overview.reports, "report")}, ${count(props.overview.claims, "claim")}`}>Reports</Title>
      <form class="row" role="search" onSubmit={(event) => { event.preventDefault(); search(typed.trim()); }}>
        <input type="search" aria-label="Words in the report" placeholder="Words in the report" value={typed}
          onInput={(event) => type(event.currentTarget.value)} />
        <button type="submit">Search</button>
      </form>
      <Filters overview={props.overview} only={["by", "country", "adm1", "side", "kind", "period"]} period="Published" />
      <Voice />
      <Await of={found}>{(all) => {
        const shown = all.filter((r) => wanted({ countries: r.countries, adm1s: r.adm1s, sides: r.sides, kinds: r.kinds, from: r.published?.[0] ?? null, to: r.published?.[1] ?? null }, params));
        return shown.length ? <ul class="reports">{shown.map((r) => (
          <li key={r.report_id}>
            <A to="/report" with={{ id: r.report_id }}><span dir="auto">{r.title || "(no words)"}</span></A>
            <p class="soft"><b><bdi>{r.outlet}</bdi></b> · {r.published_text} · {count(r.claims, "claim")}
              {r.copy_of && <> · <span class="tag">copies another</span></>}
              {r.language !== "en" && <> · <span class="tag">not English: kept, not read</span></>}</p>
          </li>))}</ul>
          : <p>{words ? `No report has all of these words: ${words}.` : all.length ? "No report fits the filters." : "There is no report yet."}</p>;
      }}</Await>
    </>
  );
}
