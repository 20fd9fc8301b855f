// Filters that stand in the address: country, first-level area, side, kind, probability, period.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Overview } from "../api";
import { choose, useRoute } from "../route";

interface Props {
  overview: Overview;
  adm1s?: string[];
  only?: string[];
}

const ALL = ["by", "country", "adm1", "side", "kind", "p"];

export function Filters(props: Props): JSX.Element {
  const { params } = useRoute();
  const { overview } = props;
  const shown = props.only ?? ALL;
  const set = shown.filter((name) => params.get(name));
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
        {pick("adm1", "Province", (props.adm1s ?? []).map((a): [string, string] => [a, a]))}
        {pick("side", "Held by", [...sides, ["unknown", "nobody known"], ["contested", "contested"]])}
        {pick("kind", "Kind of claim", overview.kinds.map((k): [string, string] => [k, k]))}
        {pick("p", "At least", ["55", "80", "95"].map((p): [string, string] => [p, `${p}% sure`]))}
        {has("period") && (["from", "to"] as const).map((name) => (
          <label key={name}>{name === "from" ? "From" : "To"}
            <input type="date" value={params.get(name) ?? ""} onChange={(event) => choose({ [name]: event.currentTarget.value || null })} />
          </label>
        ))}
        {set.length > 0 && <button type="button" onClick={() => choose(Object.fromEntries(
          [...shown, "from", "to"].map((name) => [name, null])))}>Clear filters</button>}
      </div>
    </details>
  );
}
