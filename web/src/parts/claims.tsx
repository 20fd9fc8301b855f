// A claim as a person reads it: the sentence, who says so, when, and what was understood.

import type { JSX } from "preact";
import type { CitedClaim } from "../api";
import { A } from "./basics";

/** A text cut at two positions that count code points, as the server does. */
export function cut(text: string, from: number, to: number): [string, string, string] {
  const points = Array.from(text);
  return [points.slice(0, from).join(""), points.slice(from, to).join(""), points.slice(to).join("")];
}

export function Chain(props: { claim: CitedClaim }): JSX.Element {
  const { chain } = props.claim;
  return (
    <span class="chain" aria-label={`source chain: ${chain.map((l) => l.name).join(", citing ")}`}>
      {chain.map((link, i) => (
        <span key={i}>
          {i > 0 && <span class="arrow" aria-hidden="true"> → </span>}
          <bdi title={[link.source_class, link.commitment, link.cue && `“${link.cue}”`]
            .filter(Boolean).join(", ")}>{link.name}</bdi>
          {(link.anonymous || link.medium) && <span class="soft"> (<bdi>
            {[link.anonymous ? "anonymous" : null, link.medium].filter(Boolean).join(", ")}</bdi>)</span>}
        </span>
      ))}
    </span>
  );
}

/** Quotation marks around a sentence that has none at its own beginning. */
export function marksOf(sentence: string): [string, string] {
  return /^\s*["“”'‘«„]/.test(sentence) ? ["", ""] : ["“", "”"];
}

/** The sentence with the claim's own words marked, and everything that is known about it. */
export function Quote(props: { claim: CitedClaim; context?: boolean }): JSX.Element {
  const { claim } = props;
  const [before, marked, after] = cut(claim.sentence, claim.marks[0], claim.marks[1]);
  const [opening, closing] = marksOf(claim.sentence);
  return (
    <figure class="quote">
      <blockquote dir="auto">
        {props.context && claim.before && <span class="context">{claim.before} </span>}
        {opening}{before}<mark>{marked}</mark>{after.trimEnd()}{closing}
        {props.context && claim.after && <span class="context"> {claim.after}</span>}
      </blockquote>
      <figcaption>
        <Chain claim={claim} />
        <span class="soft">{claim.published_text}</span>
        <span class="soft">read as: <bdi>{claim.says}</bdi>; {claim.when}</span>
        {claim.hedges.length > 0 && <span class="tag">hedged: <bdi>{claim.hedges.join(", ")}</bdi></span>}
        {claim.copied && <span class="tag">a copy, adds nothing</span>}
        <A to="/report" with={{ id: claim.report_id, claim: claim.claim_id }}
          label={`Read the report by ${claim.outlet}`}>report</A>
      </figcaption>
    </figure>
  );
}

/** Claims that share a sentence under that sentence, once. */
export function Quotes(props: { claims: CitedClaim[]; context?: boolean; most?: number }): JSX.Element {
  const shown = props.most ? props.claims.slice(-props.most) : props.claims;
  const rest = props.claims.length - shown.length;
  return (
    <div class="quotes">
      {shown.map((claim) => <Quote key={claim.claim_id} claim={claim} context={props.context ?? false} />)}
      {rest > 0 && <p class="soft">and {rest} earlier</p>}
    </div>
  );
}
