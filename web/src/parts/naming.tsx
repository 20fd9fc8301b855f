// A field for the name of a place, an actor or a source, with those that claims speak of to choose from.

import type { JSX } from "preact";
import type { Named } from "../api";
import { query, useAnswer } from "../data";

export type What = "place" | "actor" | "source";

const MOST_OFFERED = 2000;

export function useNamed(what: What): Named[] {
  return useAnswer<Named[]>(query("/api/named", { what })).data ?? [];
}

/** How one of the names is written in a field: with what tells it from others. */
export function written(one: Named): string {
  return one.note ? `${one.name} — ${one.note}` : one.name;
}

/** The id of what is written in a field; other words stay as they are. */
export function meant(text: string, named: Named[]): string {
  const found = named.find((n) => written(n) === text.trim());
  return found ? found.id : text.trim();
}

export function NameField(props: { id: string; label: string; hint?: string; named: Named[]; value: string;
  set: (value: string) => void; required?: boolean }): JSX.Element {
  const list = `${props.id}-names`;
  return (
    <label>{props.label}
      <input type="text" id={props.id} list={list} value={props.value} placeholder={props.hint ?? ""} autocomplete="off"
        required={props.required ?? true} onInput={(event) => props.set(event.currentTarget.value)} />
      <datalist id={list}>
        {props.named.slice(0, MOST_OFFERED).map((n) => <option key={n.id} value={written(n)} />)}
      </datalist>
    </label>
  );
}
