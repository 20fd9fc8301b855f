// Times and numbers in words, as the command line writes them.

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export function day(instant: string, year = true): string {
  const at = new Date(instant);
  return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]}${year ? ` ${at.getUTCFullYear()}` : ""}`;
}

export function clock(instant: string): string {
  return new Date(instant).toISOString().slice(11, 16);
}

export function moment(instant: string): string {
  return `${day(instant)}, ${clock(instant)} UTC`;
}

export function percent(p: number): string {
  if (p > 0.99) return ">99%";
  if (p < 0.01) return "<1%";
  return `${Math.round(p * 100)}%`;
}

/** ICD 203's words for a whole percentage. */
export function likelihood(p: number): string {
  const shown = Math.round(p * 100) / 100;
  const words: [number, string][] = [[0.05, "almost no chance"], [0.2, "very unlikely"],
    [0.45, "unlikely"], [0.55, "roughly even chance"], [0.8, "likely"], [0.95, "very likely"]];
  return words.find(([limit]) => shown < limit)?.[1] ?? "almost certain";
}

export function count(n: number, noun: string, many = `${noun}s`): string {
  return `${n.toLocaleString("en")} ${n === 1 ? noun : many}`;
}

/** The moment that an address or a person gives (2021-08-15 or 2021-08-15T18:00Z); null: none. */
export function instantOf(text: string | null): number | null {
  if (!text) return null;
  const whole = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const at = Date.parse(whole ? `${text}T23:59:59Z` : /(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(at) ? null : at;
}

export function iso(at: number): string {
  return new Date(at).toISOString().slice(0, 19) + "Z";
}
