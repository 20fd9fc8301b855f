// Who holds a place and why: the answer, the bands, the sentences.

import type { JSX } from "preact";
import type { CitedClaim, MovedBy, Overview, PlaceAnswer } from "../api";
import { A, Await, SideName, Title } from "../parts/basics";
import { BandChart } from "../parts/bands";
import { Quote, Quotes } from "../parts/claims";
import { Filters, Voice } from "../parts/filters";
import { kindsOf, told, wanted } from "../parts/filtering";
import { asked, TimeBar } from "../parts/time";
import { query, useAnswer } from "../data";
import { choose, useRoute } from "../route";
import { count, moment, percent } from "../words";

export function PlacePage(props: { overview: Overview }): JSX.Element {
  const { params } = useRoute();
  const id = params.get("id") ?? "";
  const found = useAnswer<PlaceAnswer[]>(id ? query("/api/place", { place: id, ...asked(params) }) : null);
  if (!id) return <Title>Which place?</Title>;
  return (
    <>
      <TimeBar overview={props.overview} />
      <Filters overview={props.overview} only={["by", "kind", "period"]} />
      <Await of={found}>{(places) => <>
        <Voice />
        {places.length > 1 && <Title>{`${places[0]?.place}: ${places.length} places`}</Title>}
        {places.map((one) => <One key={one.place_id} place={one} overview={props.overview} alone={places.length === 1} />)}
      </>}</Await>
    </>
  );
}

function One(props: { place: PlaceAnswer; overview: Overview; alone: boolean }): JSX.Element {
  const { place, overview } = props;
  const claims = [...place.moved.flatMap((m) => m.claims), ...place.unmoved.flatMap((u) => u.claims)];
  const { params } = useRoute();
  const shown = place.moved.filter((m) => wanted({ kinds: kindsOf(m.claims), ...told(m.claims) }, params));
  const sub = [place.kind, place.country].filter(Boolean).join(" · ");
  return (
    <article data-known={place.known_at ?? ""}>
      {props.alone ? <Title sub={sub}>{place.place}</Title>
        : <h2 class="name"><bdi>{place.place}</bdi> <span class="soft">{sub}</span></h2>}
      <Answer place={place} overview={overview} />
      <section aria-label="Who held it over time">
        <h2>Who held it over time</h2>
        <BandChart bands={place.bands} overview={overview} at={place.valid_at} claims={claims}
          choose={(at) => choose({ at })} />
      </section>
      <section aria-label="Why we think so">
        <h2>Why we think so</h2>
        {place.moved.length > shown.length && <p class="soft">{count(place.moved.length - shown.length, "testimony", "testimonies")} left
          out by the filters</p>}
        {place.moved.length === 0 && <p>No claim here says who holds it at that time.</p>}
        <ol class="moved">
          {shown.map((m) => <Moved key={m.claims[0]?.claim_id} moved={m} place={place} />)}
        </ol>
      </section>
      <Unmoved place={place} />
      <p class="soft">Misread, misplaced, or another place of that name? <A to="/review" with={{ about: place.place_id }}>Review what
        is said of {place.place}</A>.</p>
      <Events place={place} overview={overview} />
    </article>
  );
}

function Answer(props: { place: PlaceAnswer; overview: Overview }): JSX.Element {
  const { place, overview } = props;
  const origins = new Set(place.moved.flatMap((m) => m.claims.map((c) => c.origin))).size;
  return (
    <section class="answer" aria-label="Answer">
      <p class="asked soft">On {moment(place.valid_at)}
        {place.known_at && <>, as known by {moment(place.known_at)}</>}</p>
      <p class="said">
        {place.holder_id
          ? <>Held by <strong><SideName id={place.holder_id} overview={overview} /></strong></>
          : <strong>Unknown who holds it</strong>}
        {place.contested && <span class="tag strong">contested</span>}
      </p>
      <p class="chance">
        {place.holder_id
          ? <><b>{place.likelihood}</b>, {percent(place.probability)}{place.since &&
              place.since !== "not told" && <>; since {place.since.replace(/^by /, "some time up to ")}</>}</>
          : <>No side reaches an even chance.</>}
      </p>
      <p class="soft">
        {count(place.moved.length, "testimony", "testimonies")} from {count(origins, "origin")} bear on it.
      </p>
      <label class="another">Another day:{" "}
        <input type="date" value={place.valid_at.slice(0, 10)} min={overview.first?.slice(0, 10)}
          max={overview.last?.slice(0, 10)}
          onChange={(event) => event.currentTarget.value && choose({ at: event.currentTarget.value })} />
      </label>
    </section>
  );
}

/** One testimony: its weight, its words, and what would be without it. */
function Moved(props: { moved: MovedBy; place: PlaceAnswer }): JSX.Element {
  const { moved, place } = props;
  const favours = moved.weight_logodds >= 0;
  const size = Math.min(1, Math.abs(moved.weight_logodds) / 6);
  const differs = Math.abs(moved.without - place.probability) >= 0.005;
  return (
    <li>
      <p class="weight">
        <span class={`scale ${favours ? "for" : "against"}`} aria-hidden="true">
          <span style={{ width: `${size * 50}%` }} /></span>
        <b>{moved.weight} {favours ? "for" : "against"} <bdi>{moved.side}</bdi></b>
        <span class="soft" title={`${moved.weight_logodds.toFixed(2)} log-odds alone`}>
          {differs ? <>without it: {percent(moved.without)}</> : "the others say it as surely"}
        </span>
      </p>
      <Quotes claims={moved.claims} context />
    </li>
  );
}

function Unmoved(props: { place: PlaceAnswer }): JSX.Element | null {
  const { place } = props;
  const many = place.unmoved.reduce((n, u) => n + u.claims.length, 0);
  if (!many) return null;
  return (
    <details class="more">
      <summary>Also said, without weight in this answer ({many})</summary>
      {place.unmoved.map((u) => (
        <section key={u.why}>
          <h3>{u.why}</h3>
          {u.claims.map((claim: CitedClaim) => <Quote key={claim.claim_id} claim={claim} />)}
        </section>
      ))}
    </details>
  );
}

function Events(props: { place: PlaceAnswer; overview: Overview }): JSX.Element | null {
  const { place } = props;
  if (!place.events.length) return null;
  return (
    <section aria-label="What happened here">
      <h2>What happened here</h2>
      <ol class="events">
        {place.events.map((e, i) => (
          <li key={i}>
            <span class="when">{e.when}</span>
            <span><b>{happened(e.kind, e.actor, e.counterpart)}</b> · {e.likelihood}, {percent(e.probability)}
              {e.origins > 0 && <span class="soft"> · {count(e.origins, "origin")}</span>}</span>
          </li>
        ))}
      </ol>
      <p class="soft">See <A to="/timeline">everything that happened</A>, in order.
        {place.latitude !== null && <> On the <A to="/" with={{ place: place.place_id }}>map</A>.</>}</p>
    </section>
  );
}

export function happened(kind: string, actor: string | null, other: string | null): string {
  if (kind === "change") return other ? `${other} → ${actor ?? "?"}` : `to ${actor ?? "?"}`;
  const text = actor ? `${kind} by ${actor}` : kind;
  return other ? `${text}, ${other} on the other side` : text;
}

