// Handing in reports: drop files or paste text, watch them being read, see what was found.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Job, Jobs, Overview } from "../api";
import { A, Await, Title } from "../parts/basics";
import { ask, forget, query, Refused, useAnswer } from "../data";
import { count } from "../words";

export function InboxPage(props: { overview: Overview }): JSX.Element {
  const { overview } = props;
  if (!overview.may_write) {
    return (
      <>
        <Title>Inbox</Title>
        <p>Handing in reports needs a reviewer's token. <code>whoholds reviewer add NAME</code> makes a reviewer
          and shows the token once; then <b>Sign in</b>, above.</p>
      </>
    );
  }
  return (
    <>
      <Title sub="Files are read by this server and stay on this machine: text, HTML, PDF, mail, feeds, web archives, JSON Lines.">Inbox</Title>
      <HandIn />
      <Readings />
      <p class="soft">What people said of what was read stands under <A to="/review">review</A>.</p>
    </>
  );
}

function HandIn(): JSX.Element {
  const [outlet, setOutlet] = useState("");
  const [published, setPublished] = useState("");
  const [text, setText] = useState("");
  const [over, setOver] = useState(false);
  const [problems, setProblems] = useState<string[]>([]);
  const send = async (name: string, body: Blob | string) => {
    const path = query("/api/reports", { name, outlet: outlet.trim(), published });
    await ask<Job>(path, { method: "POST", body, headers: { "Content-Type": "application/octet-stream" } });
  };
  const sendFiles = async (files: Iterable<File>) => {
    const failed: string[] = [];
    for (const file of files) {
      try {
        await send(file.name, file);
      } catch (error) {
        failed.push(`${file.name}: ${error instanceof Refused ? error.message : String(error)}`);
      }
    }
    setProblems(failed);
    forget();
  };
  const paste = async (event: Event) => {
    event.preventDefault();
    try {
      await send("pasted.txt", text);
      setText("");
      setProblems([]);
    } catch (error) {
      setProblems([error instanceof Refused ? error.message : String(error)]);
    }
    forget();
  };
  return (
    <section class="card handin" aria-label="Hand in reports">
      <div class="fields">
        <label>Outlet <input type="text" value={outlet} placeholder="if it does not say"
          onInput={(event) => setOutlet(event.currentTarget.value)} /></label>
        <label>Published <input type="date" value={published} onInput={(event) => setPublished(event.currentTarget.value)} /></label>
      </div>
      <label class={`drop ${over ? "over" : ""}`}
        onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)}
        onDrop={(event) => { event.preventDefault(); setOver(false); void sendFiles(event.dataTransfer?.files ?? []); }}>
        <b>Drop files here</b>, or choose them
        <input type="file" multiple onChange={(event) => {
          void sendFiles([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = "";
        }} />
      </label>
      <form onSubmit={(event) => void paste(event)}>
        <label>or paste a report
          <textarea rows={5} value={text} required onInput={(event) => setText(event.currentTarget.value)} /></label>
        <p class="row"><button type="submit" class="main" disabled={!text.trim()}>Read it</button></p>
      </form>
      {problems.map((p) => <p class="problem" role="alert" key={p}>{p}</p>)}
    </section>
  );
}

function Readings(): JSX.Element {
  const found = useAnswer<Jobs>("/api/readings");
  return (
    <section aria-label="Readings" aria-live="polite">
      <h2>What was handed in</h2>
      <Await of={found}>{({ jobs }) => jobs.length
        ? <ul class="jobs">{jobs.map((j) => <One key={j.id} job={j} />)}</ul>
        : <p class="soft">Nothing since this server was started.</p>}</Await>
    </section>
  );
}

function One(props: { job: Job }): JSX.Element {
  const { job } = props;
  const shown = job.taken.slice(-20);
  return (
    <li class="card">
      <p><b><bdi>{job.name}</bdi></b> <span class={`tag state ${job.state === "done" ? "good" : job.state === "failed" ? "bad" : ""}`}>
        {job.state === "reading" ? "being read …" : job.state}</span>{" "}
        <span class="soft">{count(job.read, "report")} read, {count(job.claims, "claim")}{job.refused > 0 && `, ${job.refused} refused`}</span></p>
      {job.state === "reading" && <progress aria-label={`Reading ${job.name}`} />}
      {job.problem && <p class="problem">{job.problem}</p>}
      <ul>
        {shown.map((t, i) => (
          <li key={i}>
            {t.problem ? <span class="problem"><bdi>{t.where}</bdi>: {t.problem}</span>
              : <>{t.report_id ? <A to="/report" with={{ id: t.report_id }}><bdi>{t.outlet || t.where}</bdi></A> : <bdi>{t.where}</bdi>}
                {" "}<span class="soft">{count(t.claims, "claim")}{t.new_report ? "" : ", known before"}</span></>}
            {t.notes.map((note) => <span class="soft" key={note}> · {note}</span>)}
          </li>))}
      </ul>
      {job.taken.length > shown.length && <p class="soft">and {job.taken.length - shown.length} more</p>}
    </li>
  );
}
