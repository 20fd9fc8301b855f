// What happened, in order: bars from the earliest to the latest moment it may have been.

import type { JSX } from "preact";
import type { Happening, Overview } from "../api";
import { A, Await, colour, Marker, Title } from "../parts/basics";
import { Quotes } from "../parts/claims";
import { Filters, Voice } from "../parts/filters";
import { wanted } from "../parts/filtering";
import { TimeBar } from "../parts/time";
import { query, useAnswer } from "../data";
import { choose, useRoute } from "../route";
import { count, percent } from "../words";
import { happened } from "./place";

export function TimelinePage(props: { overview: Overview }): JSX.Element {
  const { overview } = props;
  const { params } = useRoute();
  const found = useAnswer<Happening[]>(query("/api/timeline", {
    known_at: params.get("known"), according_to: params.get("by") }));
  const everything = params.get("all") === "1";
  return (
    <>
      <TimeBar overview={overview} valid={false} />
      <Title sub="Each bar runs from the earliest to the latest moment at which it may have happened.">
        What happened, in order</Title>
      <Filters overview={overview} only={["by", "country", "adm1", "side", "kind", "p", "period"]} period="Happened" />
      <Voice />
      <p><label class="check"><input type="checkbox" checked={everything}
        onChange={(event) => choose({ all: event.currentTarget.checked ? "1" : null })} />
        {" "}everything that is told: fights, withdrawals, surrenders …</label></p>
      <Await of={found}>{(events) => <Lanes overview={overview} events={events.filter((e) =>
        (everything || e.kind === "change" || params.get("kind") !== null) && wanted({
          country: e.country, adm1: e.adm1, sides: [e.actor_id, e.counterpart_id], probability: e.probability,
          kinds: [e.kind, ...e.claims.map((c) => c.kind)], from: e.earliest, to: e.latest }, params))} />}</Await>
    </>
  );
}

function Lanes(props: { overview: Overview; events: Happening[] }): JSX.Element {
  const { overview, events } = props;
  const first = Date.parse(overview.first ?? "");
  const last = Date.parse(overview.last ?? "");
  const share = (at: string | null, other: number) => at === null ? other
    : Math.max(0, Math.min(100, (Date.parse(at) - first) / Math.max(1, last - first) * 100));
  if (!events.length) return <p>Nothing is told that fits.</p>;
  return (
    <>
      <p class="soft">{count(events.filter((e) => e.kind === "change").length, "change")} of hands, {count(
        events.filter((e) => e.kind !== "change").length, "other event")}</p>
      <ol class="lanes">
        {events.map((e, i) => {
          const side = overview.sides.find((s) => s.id === e.actor_id) ?? null;
          const left = share(e.earliest, 0);
          const right = share(e.latest, 100);
          const middle = e.median ? share(e.median, right) : null;
          return (
            <li key={i}>
              <details>
                <summary>
                  <span class="what"><b dir="auto">{e.place}</b> <span class="soft">{e.place_kind}</span></span>
                  <span class="did"><Marker side={side} /> {happened(e.kind, e.actor, e.counterpart)}</span>
                  <span class="lane" aria-hidden="true">
                    <span class={`span ${e.earliest ? "" : "open"}`} style={{ left: `${left}%`, width: `${Math.max(1, right - left)}%`,
                      background: side ? colour(side) : "var(--soft)" }} />
                    {middle !== null && <span class="median" style={{ left: `${middle}%` }} />}
                  </span>
                  <span class="when">{e.when}</span>
                  <span class="soft p">{percent(e.probability)}</span>
                </summary>
                <p class="soft">{e.likelihood}; {e.origins ? `told by ${count(e.origins, "independent origin")}`
                  : "follows from what was told before and after; no claim says so"}.
                  {" "}<A to="/place" with={{ id: e.place_id }}>Why, and what else is said of {e.place}</A></p>
                <Quotes claims={e.claims} most={5} />
              </details>
            </li>
          );
        })}
      </ol>
    </>
  );
}
