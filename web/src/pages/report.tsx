// A report: its text with the claims where they stand, and what was understood of each.

import type { JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Overview, ReportClaim, ReportText } from "../api";
import { A, Await, Title } from "../parts/basics";
import { Chain } from "../parts/claims";
import { Retract, Said, Verdict } from "../parts/review";
import { query, useAnswer } from "../data";
import { choose, useRoute } from "../route";
import { count, percent } from "../words";

export function ReportPage(props: { overview: Overview }): JSX.Element {
  const { params } = useRoute();
  const id = params.get("id");
  const found = useAnswer<ReportText>(id ? query("/api/report", { report: id }) : null);
  if (!id) return <Title>Which report?</Title>;
  return <Await of={found}>{(told) => <Shown told={told} overview={props.overview} />}</Await>;
}

interface Piece {
  text: string;
  claims: ReportClaim[];
}

/** The text cut wherever a claim begins or ends. Positions count code points. */
function piecesOf(told: ReportText): Piece[] {
  const points = Array.from(told.text);
  const edges = new Set([0, points.length]);
  for (const { span } of told.claims) {
    edges.add(Math.min(span[0], points.length));
    edges.add(Math.min(span[1], points.length));
  }
  const order = [...edges].sort((a, b) => a - b);
  return order.slice(0, -1).map((from, i) => {
    const to = order[i + 1] ?? from;
    return { text: points.slice(from, to).join(""),
      claims: told.claims.filter((c) => c.span[0] <= from && c.span[1] >= to) };
  });
}

/** Where the panel lies over the text, it comes only when it is asked for. */
const beside = window.matchMedia("(min-width: 761px)");

/** All claims that stand where this one stands, itself first. */
function ids(pieces: Piece[], chosen: string): string[] {
  const around = pieces.filter((p) => p.claims.some((c) => c.claim.claim_id === chosen))
    .flatMap((p) => p.claims.map((c) => c.claim.claim_id));
  return [...new Set([chosen, ...around])];
}

function Shown(props: { told: ReportText; overview: Overview }): JSX.Element {
  const { told } = props;
  const { params } = useRoute();
  const [hovered, hover] = useState<string[]>([]);
  const chosen = params.get("claim");
  const pieces = useMemo(() => piecesOf(told), [told]);
  const marked = useRef<HTMLElement>(null);
  useEffect(() => marked.current?.scrollIntoView({ block: "center" }), [told.report.report_id]);
  const active = [...hovered, ...(chosen ? [chosen] : [])];
  const inside = chosen ? ids(pieces, chosen) : hovered; // what is kept stays until it is let go
  const shown = told.claims.filter((c) => inside.includes(c.claim.claim_id));
  let first = true;
  const look = (claims: string[]) => beside.matches && hover(claims);
  const keep = (claim: string | null) => choose({ claim: claim === chosen ? null : claim });
  return (
    <article class="report">
      <Title sub={<><b><bdi>{told.report.outlet}</bdi></b> · {told.report.published_text} · {count(told.claims.length, "claim")}
        {told.report.url && <> · <a href={told.report.url} rel="noopener noreferrer nofollow" target="_blank">where it was published</a></>}</>}>
        {told.report.title || "(no words)"}</Title>
      <div class="columns">
        <div class="text" dir="auto">
          {pieces.map((piece, i) => {
            if (!piece.claims.length) return <span key={i}>{piece.text}</span>;
            const mine = piece.claims.map((c) => c.claim.claim_id);
            const isChosen = chosen !== null && mine.includes(chosen);
            const ref = isChosen && first ? marked : undefined;
            if (isChosen) first = false;
            return (
              <mark key={i} {...(ref ? { ref } : {})} tabIndex={0} role="button"
                class={`claim ${mine.some((one) => active.includes(one)) ? "active" : ""}`}
                aria-label={`${piece.text}. ${piece.claims.map((c) => c.claim.says).join("; ")}`}
                onMouseEnter={() => look(mine)} onMouseLeave={() => look([])}
                onFocus={() => look(mine)} onBlur={() => look([])}
                onClick={() => keep(mine[0] ?? null)}
                onKeyDown={(event) => {
                  if (event.key === "Enter" || event.key === " ") {
                    event.preventDefault();
                    keep(mine[0] ?? null);
                  }
                }}>{piece.text}</mark>
            );
          })}
        </div>
        <aside class="read" aria-label="What was read" aria-live="polite">
          {shown.length === 0
            ? <p class="soft">{told.claims.length
              ? "Point at marked words to see what was read in them; click to keep it here."
              : told.report.language === "en" ? "No claim was found in this report." : "Reports in this language are kept, not read."}</p>
            : sorted(shown, inside).map((c) => <Structured key={c.claim.claim_id} claim={c} overview={props.overview} />)}
          <Said said={told.said} overview={props.overview} />
          <Retract report={told.report.report_id} overview={props.overview} />
        </aside>
      </div>
    </article>
  );
}

function sorted(claims: ReportClaim[], order: string[]): ReportClaim[] {
  return [...claims].sort((a, b) => order.indexOf(a.claim.claim_id) - order.indexOf(b.claim.claim_id));
}

/** The structured claim. */
export function Structured(props: { claim: ReportClaim; overview: Overview }): JSX.Element {
  const { claim: { claim }, claim: whole, overview } = props;
  const side = overview.sides.find((s) => s.id === claim.actor_side);
  const row = (name: string, value: JSX.Element | string | null) => value !== null && (
    <div key={name}><dt>{name}</dt><dd>{value}</dd></div>);
  return (
    <section class="card structured" aria-label={`Claim: ${claim.says}`}>
      <h2>{claim.polarity === "denied" ? "not " : ""}{claim.kind}
        {claim.modality !== "actual" && <span class="tag">{claim.modality}</span>}</h2>
      <dl>
        {row("who", claim.actor && <><bdi>“{claim.actor}”</bdi>{side && <> = {side.name}</>}</>)}
        {row("against", claim.counterpart && <bdi>“{claim.counterpart}”</bdi>)}
        {row("where", (whole.place_said ?? whole.place) && <>
          {whole.place_said && <bdi>“{whole.place_said}”</bdi>}
          {whole.place && <> = {whole.place_id ? <A to="/place" with={{ id: whole.place_id }}>{whole.place}</A> : <bdi>{whole.place}</bdi>}</>}
          {!whole.place && <span class="soft"> (not resolved)</span>}</>)}
        {row("part", claim.part && <bdi>{claim.part}</bdi>)}
        {row("number", whole.quantity && <bdi>{whole.quantity}</bdi>)}
        {row("when", claim.when)}
        {row("who says so", <Chain claim={claim} />)}
        {row("hedged", claim.hedges.length ? <bdi>{claim.hedges.join(", ")}</bdi> : null)}
        {row("read well", `${percent(whole.confidence)}, by the reader's own estimate`)}
      </dl>
      <Said said={whole.said} overview={overview} />
      <Verdict claim={whole} overview={overview} key={claim.claim_id} />
    </section>
  );
}
