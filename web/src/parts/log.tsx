// What people entered, the latest first, each with a way to take it back.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { EntryItem, Overview } from "../api";
import { useAnswer } from "../data";
import { moment } from "../words";
import { Await } from "./basics";
import { say } from "./review";

const MOST_LISTED = 100;

export function Log(props: { overview: Overview }): JSX.Element {
  const found = useAnswer<EntryItem[]>("/api/entries");
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <section aria-label="Entries">
      <h2>What people entered</h2>
      {problem && <p class="problem" role="alert">{problem}</p>}
      <Await of={found}>{(entries) => entries.length
        ? <ul class="log">{entries.slice(0, MOST_LISTED).map((e) => (
          <li key={e.id} class={e.stands ? "" : "undone"}><bdi>{e.line.replace(/^\S+ {2}/, "")}</bdi> <span class="soft">{moment(e.at)}</span>
            {!e.stands && <span class="tag">taken back</span>}
            {e.stands && e.kind !== "reviewer" && props.overview.may_write && <> <button type="button" class="plain"
              onClick={() => void say(`/api/entries/${e.id}/undo`, {}).then(setProblem)}>take back</button></>}
          </li>))}</ul>
        : <p class="soft">Nobody confirmed, corrected or retracted anything yet.</p>}</Await>
    </section>
  );
}
