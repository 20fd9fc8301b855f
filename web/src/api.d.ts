// Made by make_types.py from whoholds.web.shapes; do not edit.

/** What is wrong, in one line that is fit to be shown. */
export interface Problem {
  detail: string;
}

/** How a side is called and shown: colours on light and on dark ground, shape of its markers. */
export interface Side {
  id: string;
  name: string;
  colour: string;
  on_dark: string;
  shape: string;
  symbol: string;
}

/** One link of a source chain. */
export interface Link {
  name: string;
  source_class: string;
  commitment: string;
  cue: string | null;
  medium: string | null;
  anonymous: boolean;
}

/** A claim with its sentence and its chain. ``marks`` are the claim's own words in ``sentence``, as characters (code points) from its beginning; ``before`` and ``after`` is what stands around it in the report, where that was asked for. */
export interface CitedClaim {
  claim_id: string;
  kind: string;
  polarity: string;
  modality: string;
  says: string;
  part: string | null;
  sentence: string;
  marks: [number, number];
  chain: Link[];
  hedges: string[];
  actor: string | null;
  counterpart: string | null;
  actor_side: string | null;
  valid: [string | null, string | null, string] | null;
  when: string;
  outlet: string;
  url: string | null;
  report_id: string;
  published: [string | null, string | null, string] | null;
  published_text: string;
  copied: boolean;
  origin: string | null;
  before: string;
  after: string;
}

/** A belief in short. */
export interface Held {
  holder: string | null;
  holder_id: string | null;
  probability: number;
  likelihood: string;
  contested: boolean;
  since: string;
}

/** What the ledger holds. ``version`` changes whenever an answer may. */
export interface Overview {
  name: string;
  version: string;
  reports: number;
  claims: number;
  places: number;
  first: string | null;
  last: string | null;
  undated: number;
  sides: Side[];
  countries: Record<string, string>;
  adm1s: Record<string, string[]>;
  kinds: string[];
  outlets: string[];
  exits: string[];
  who: string | null;
  may_write: boolean;
  reads_are_open: boolean;
  tiles: string | null;
  contested_above: number;
  program: string;
}

/** From step ``at`` on: index of the holder in ``sides`` (-1: unknown), the probability of the likeliest state in per cent, whether contested. Sent as a list of four to be short. */
export interface Step {
  at: number;
  holder: number;
  percent: number;
  contested: boolean;
}

/** What is believed of one place over all steps. ``size``: 3 for capitals and cities of a million, 2 for cities, 1 for other spots, 0 for areas. ``runs`` are Steps as lists. */
export interface PlaceCourse {
  id: string;
  name: string;
  kind: string;
  type: string;
  country: string | null;
  adm1: string | null;
  latitude: number | null;
  longitude: number | null;
  size: number;
  claims: number;
  origins: number;
  kinds: string[];
  runs: ([number, number, number, number])[];
}

/** Who holds each place at each of ``steps``; ``sides`` are the ids that runs point to. */
export interface Frames {
  version: string;
  known_at: string | null;
  according_to: string | null;
  steps: string[];
  sides: string[];
  places: PlaceCourse[];
}

/** What is believed of one place as it became known; see PlaceCourse. Each version is a list: from which of the known ``days`` on, claims, origins, kinds (indices), runs; without runs, nothing known by then bears on the place. */
export interface PlaceUnfolded {
  id: string;
  name: string;
  kind: string;
  type: string;
  country: string | null;
  adm1: string | null;
  latitude: number | null;
  longitude: number | null;
  size: number;
  versions: ([number, number, number, number[], ([number, number, number, number])[]])[];
}

/** The frames at every step of the slider of known times: the ends of ``days``. No days: there would be too many; ask for the frames one by one. */
export interface Unfolding {
  version: string;
  according_to: string | null;
  days: string[];
  steps: string[];
  sides: string[];
  kinds: string[];
  places: PlaceUnfolded[];
}

/** The area of a place: the coordinates of a GeoJSON MultiPolygon, for drawing. */
export interface Area {
  id: string;
  polygons: ((([number, number])[])[])[];
}

/** The areas of places that some claim bears on, where an added gazetteer has them. */
export interface Areas {
  areas: Area[];
}

/** Who holds one place. ``probability`` is the holder's; of an unknown holder, that of the likeliest state. */
export interface StatusItem {
  place: string;
  place_id: string;
  type: string;
  country: string | null;
  country_code: string | null;
  adm1: string | null;
  geonameid: number | null;
  latitude: number | null;
  longitude: number | null;
  holder: string | null;
  holder_id: string | null;
  probability: number;
  likelihood: string;
  contested: boolean;
  since_earliest: string | null;
  since_latest: string | null;
  states: Record<string, number>;
  claims: number;
  origins: number;
  valid_at: string | null;
  known_at: string | null;
}

/** What moved the answer: ``weight_logodds`` alone, ``without`` the answer without it. */
export interface MovedBy {
  side: string;
  weight_logodds: number;
  weight: string;
  without: number;
  claims: CitedClaim[];
}

/** Claims that say something of the place and move nothing, and why. */
export interface Unmoved {
  why: string;
  claims: CitedClaim[];
}

/** Probabilities over time: ``chances[i][j]`` of state ``states[j]`` at ``times[i]``. */
export interface Bands {
  states: string[];
  names: string[];
  times: string[];
  chances: number[][];
}

/** A change of hands (kind ``change``) or what else is told of a place. */
export interface Happening {
  place: string;
  place_id: string;
  place_kind: string;
  country: string | null;
  adm1: string | null;
  kind: string;
  actor: string | null;
  actor_id: string | null;
  counterpart: string | null;
  counterpart_id: string | null;
  earliest: string | null;
  latest: string | null;
  median: string | null;
  when: string;
  probability: number;
  likelihood: string;
  origins: number;
  claims: CitedClaim[];
}

/** Who holds a place and why; ``summary`` says it in one sentence. */
export interface PlaceAnswer {
  place: string;
  place_id: string;
  kind: string;
  country: string | null;
  adm1: string | null;
  geonameid: number | null;
  latitude: number | null;
  longitude: number | null;
  summary: string;
  holder: string | null;
  holder_id: string | null;
  probability: number;
  likelihood: string;
  contested: boolean;
  since: string;
  since_earliest: string | null;
  since_latest: string | null;
  valid_at: string;
  known_at: string | null;
  moved: MovedBy[];
  unmoved: Unmoved[];
  bands: Bands;
  events: Happening[];
}

/** A place that is not as it was. ``what``: holder, contested or probability. */
export interface ChangeItem {
  place: string;
  place_id: string;
  kind: string;
  country: string | null;
  adm1: string | null;
  what: "holder" | "contested" | "probability";
  before: Held;
  after: Held;
  claims: CitedClaim[];
}

/** What is different between two moments, each as known then. */
export interface Changes {
  since: string;
  until: string;
  changes: ChangeItem[];
}

/** One party to a dispute: who says so, how independent, what the model makes of it. */
export interface Position {
  holder: string | null;
  holder_id: string | null;
  denies: boolean;
  stance: string;
  origins: number;
  credence: number | null;
  likelihood: string | null;
  claims: CitedClaim[];
}

/** A place about which sources contradict each other. */
export interface DisputeItem {
  place: string;
  place_id: string;
  kind: string;
  country: string | null;
  adm1: string | null;
  when: string;
  valid_from: string | null;
  valid_to: string | null;
  settled: string | null;
  positions: Position[];
}

/** Whether a number fits, in words; ``rule``: parts, share, sources or ledger. */
export interface NumberCheck {
  rule: string;
  fits: boolean;
  text: string;
}

/** A number told, as bounds. ``high`` is None where nothing bounds it. */
export interface NumberItem {
  low: number;
  high: number | null;
  of: number | null;
  text: string;
  when: string;
  claim: CitedClaim;
  checks: NumberCheck[];
}

/** All numbers of one thing. */
export interface NumberSeries {
  unit: string;
  kind: string;
  side: string | null;
  side_id: string | null;
  place: string | null;
  place_id: string | null;
  country: string | null;
  adm1: string | null;
  title: string;
  numbers: NumberItem[];
}

/** A prediction, and what came of it. */
export interface ForecastItem {
  place: string;
  place_id: string;
  kind: string;
  country: string | null;
  adm1: string | null;
  says: string;
  side: string | null;
  side_id: string | null;
  source: string;
  made: string | null;
  earliest: string | null;
  latest: string | null;
  said: number;
  outcome: number;
  state: string;
  brier: number | null;
  days_early: number | null;
  claims: CitedClaim[];
}

/** How a source's resolved forecasts fared. */
export interface ForecasterItem {
  source: string;
  resolved: number;
  brier: number;
  days_early: number | null;
}

/** The forecasts and the forecasters. */
export interface Forecasts {
  forecasts: ForecastItem[];
  forecasters: ForecasterItem[];
}

/** A way out of a country. ``last``: its holder has no other left. */
export interface ExitItem {
  place: string;
  place_id: string;
  type: string;
  adm1: string | null;
  holder: string | null;
  holder_id: string | null;
  probability: number;
  likelihood: string;
  contested: boolean;
  since: string;
  route: string;
  open: number | null;
  route_since: string | null;
  last: boolean;
  only: number | null;
  claims: CitedClaim[];
}

/** The ways out of a country, and which is the last. */
export interface Exits {
  country: string;
  valid_at: string;
  summary: string[];
  ways: ExitItem[];
}

/** What an origin said and what became of it. ``silences``: gaps in what it says. */
export interface SourceItem {
  source: string;
  origin: string;
  source_class: string;
  side: string | null;
  side_id: string | null;
  statements: number;
  borne_out: number;
  contradicted: number;
  undecided: number;
  alone: number;
  late_days: number | null;
  credence: number | null;
  silences: ([string, string])[];
}

/** ``outlet`` repeats ``copied`` in ``copies`` of its ``reports``. */
export interface Repetition {
  outlet: string;
  copied: string;
  copies: number;
  reports: number;
}

/** The sources and who repeats whom. */
export interface Sources {
  sources: SourceItem[];
  repeats: Repetition[];
}

/** A report in the list; of what kinds, sides, countries and first-level areas it speaks. */
export interface ReportItem {
  report_id: string;
  title: string;
  outlet: string;
  url: string | null;
  published: [string | null, string | null, string] | null;
  published_text: string;
  language: string;
  claims: number;
  copy_of: string | null;
  kinds: string[];
  sides: string[];
  countries: string[];
  adm1s: string[];
}

/** What somebody said later of a claim, a report or a name; ``line`` says it in words. */
export interface EntryItem {
  id: string;
  kind: string;
  target: string;
  author: string;
  at: string;
  reason: string;
  stands: boolean;
  line: string;
}

/** A claim of a report: where it stands (code points of the text), what was understood, and what people ``said`` of that. */
export interface ReportClaim {
  claim: CitedClaim;
  span: [number, number];
  place: string | null;
  place_id: string | null;
  place_said: string | null;
  quantity: string | null;
  confidence: number;
  said: EntryItem[];
}

/** A report with its claims, in the order of the text. */
export interface ReportText {
  report: ReportItem;
  text: string;
  claims: ReportClaim[];
  said: EntryItem[];
}

/** What became of one thing that was to be read. */
export interface Taken {
  where: string;
  report_id: string | null;
  outlet: string | null;
  problem: string | null;
  notes: string[];
  new_report: boolean;
  claims: number;
  new_claims: number;
}

/** A reading under way or over. ``taken`` lists the first reports, ``read`` and ``refused`` count all. */
export interface Job {
  id: string;
  name: string;
  state: "waiting" | "reading" | "done" | "failed";
  by: string;
  problem: string | null;
  read: number;
  refused: number;
  claims: number;
  taken: Taken[];
}

/** The latest readings, newest first. */
export interface Jobs {
  jobs: Job[];
}

/** One answer to a question, with what enters it: a verb of /api/claims/{claim} with ``changes``, or /api/locate of ``place`` as the place ``into``. ``chance``: how likely it is. */
export interface OpenAnswer {
  text: string;
  verb: "confirm" | "dismiss" | "correct" | "locate";
  claim: string | null;
  changes: Record<string, string>;
  place: string | null;
  into: string | null;
  chance: number;
}

/** Something that a person could settle. ``moves``: the belief that the answer is expected to move, 0 to 1; ``claims`` are the first of ``claims_in_all`` that it is about; ``role``: of an unresolved name, what it is in its claims. */
export interface OpenQuestion {
  kind: "unresolved" | "unlocated" | "doubtful" | "dispute";
  text: string;
  role: "place" | "actor" | null;
  place: string | null;
  place_id: string | null;
  place_kind: string | null;
  country: string | null;
  adm1: string | null;
  moves: number;
  claims: CitedClaim[];
  claims_in_all: number;
  answers: OpenAnswer[];
}

/** A place, actor or source that claims speak of. ``note`` tells it from others of its name; ``unlocated``: a place that no gazetteer has and nobody has located. */
export interface Named {
  id: string;
  name: string;
  note: string;
  claims: number;
  unlocated: boolean;
}
