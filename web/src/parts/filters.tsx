// Filters that stand in the address: country, first-level area, side, kind, probability, period.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Overview } from "../api";
import { choose, useRoute } from "../route";

interface Props {
  overview: Overview;
  /** The filters of this page; by default all but the period. */
  only?: string[];
  /** What the period is that can be chosen. */
  period?: string;
}

const ALL = ["by", "country", "adm1", "side", "kind", "p"];

/** The first-level areas of the country chosen, or of all. */
function adm1sOf(overview: Overview, country: string | null): [string, string][] {
  const found = Object.entries(overview.adm1s).filter(([code]) => !country || code === country);
  const names = [...new Set(found.flatMap(([, areas]) => areas))].sort((a, b) => a.localeCompare(b));
  return names.map((name) => [name, name]);
}

export function Filters(props: Props): JSX.Element {
  const { params } = useRoute();
  const { overview } = props;
  const shown = props.only ?? ALL;
  const set = [...shown, ...(shown.includes("period") ? ["from", "to"] : [])].filter((name) => params.get(name));
  const [open, setOpen] = useState(set.length > 0);
  const has = (name: string) => shown.includes(name);
  const pick = (name: string, label: string, options: [string, string][]) => has(name) && options.length > 0 && (
    <label key={name}>{label}
      <select value={params.get(name) ?? ""} onChange={(event) => choose({ [name]: event.currentTarget.value || null })}>
        <option value="">all</option>
        {options.map(([value, text]) => <option key={value} value={value}>{text}</option>)}
      </select>
    </label>
  );
  const sides = overview.sides.map((s): [string, string] => [s.id, s.name]);
  return (
    <details class="filters" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Filters{set.length > 0 && ` (${set.length})`}</summary>
      <div class="fields">
        {pick("by", "According to", [...overview.sides.map((s): [string, string] => [s.name, `side: ${s.name}`]),
          ...overview.outlets.map((o): [string, string] => [o, `outlet: ${o}`])])}
        {pick("country", "Country", Object.entries(overview.countries))}
        {pick("adm1", "Province", adm1sOf(overview, params.get("country")))}
        {pick("side", "Held by", [...sides, ["unknown", "nobody known"], ["contested", "contested"]])}
        {pick("kind", "Kind of claim", overview.kinds.map((k): [string, string] => [k, k]))}
        {pick("p", "At least", ["55", "80", "95"].map((p): [string, string] => [p, `${p}% sure`]))}
        {has("period") && (["from", "to"] as const).map((name) => (
          <label key={name}>{`${props.period ?? "Told"} ${name === "from" ? "from" : "to"}`}
            <input type="date" value={params.get(name) ?? ""} onChange={(event) => choose({ [name]: event.currentTarget.value || null })} />
          </label>
        ))}
        {set.length > 0 && <button type="button" onClick={() => choose(Object.fromEntries(
          [...shown, "from", "to"].map((name) => [name, null])))}>Clear filters</button>}
      </div>
    </details>
  );
}

/** Says, where it is so, that only one source, outlet or side is heard, and takes it back. */
export function Voice(): JSX.Element | null {
  const { params } = useRoute();
  const by = params.get("by");
  return by
    ? <p class="voice">Only as told by <b><bdi>{by}</bdi></b>{" "}
      <button type="button" class="plain" onClick={() => choose({ by: null })}>hear everyone</button></p>
    : null;
}
