// Whether something is wanted by the filters in the address.

import type { CitedClaim } from "../api";
import { instantOf } from "../words";

export interface Filterable {
  country?: string | null;
  adm1?: string | null;
  sides?: (string | null | undefined)[];
  contested?: boolean;
  kinds?: string[];
  /** Countries and first-level areas of something that speaks of several. */
  countries?: string[];
  adm1s?: string[];
  /** 0 to 1. */
  probability?: number | null;
  /** When it was, or was told: ISO instants, null where open. */
  from?: string | null;
  to?: string | null;
}

export function wanted(item: Filterable, params: URLSearchParams): boolean {
  const is = (name: string, value: string | null | undefined) => {
    const asked = params.get(name);
    return !asked || value === undefined || asked === value;
  };
  const among = (name: string, values: string[] | undefined) => {
    const asked = params.get(name);
    return !asked || values === undefined || values.includes(asked);
  };
  const side = params.get("side");
  const kind = params.get("kind");
  const least = Number(params.get("p") ?? 0) / 100;
  const from = instantOf(startOf(params.get("from")));
  const to = instantOf(params.get("to"));
  return is("country", item.country) && is("adm1", item.adm1)
    && among("country", item.countries) && among("adm1", item.adm1s)
    && (!side || !item.sides || (side === "unknown" ? item.sides.every((s) => !s)
      : side === "contested" ? item.contested === true : item.sides.includes(side)))
    && (!kind || !item.kinds || item.kinds.includes(kind))
    && (!least || item.probability == null || item.probability >= least)
    && (from === null || item.to === undefined || item.to === null || Date.parse(item.to) >= from)
    && (to === null || item.from === undefined || item.from === null || Date.parse(item.from) <= to);
}

function startOf(date: string | null): string | null {
  return date && date.length === 10 ? `${date}T00:00:00Z` : date;
}

/** From the first to the last publication of claims. */
export function told(claims: CitedClaim[]): { from: string | null; to: string | null } {
  const firsts = claims.map((c) => c.published?.[0]).filter((t): t is string => Boolean(t)).sort();
  const lasts = claims.map((c) => c.published?.[1]).filter((t): t is string => Boolean(t)).sort();
  return { from: firsts[0] ?? null, to: lasts[lasts.length - 1] ?? null };
}

export function kindsOf(claims: CitedClaim[]): string[] {
  return [...new Set(claims.map((c) => c.kind))];
}
