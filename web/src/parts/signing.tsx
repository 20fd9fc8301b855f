// Signing in: a reviewer's token, kept in this tab alone, sent with every request.

import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Overview } from "../api";
import { ask, setToken, token } from "../data";

export function SignIn(props: { overview: Overview | null }): JSX.Element {
  const box = useRef<HTMLDialogElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const who = props.overview?.who ?? null;
  const sign = async (event: Event) => {
    event.preventDefault();
    const text = field.current?.value.trim() ?? "";
    try {
      await ask("/api/ledger", { headers: { Authorization: `Bearer ${text}` } });
      setToken(text);
      box.current?.close();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <>
      {who !== null || token()
        ? <button type="button" class="who" onClick={() => setToken(null)} title="Sign out">
          <bdi>{who ?? "signed in"}</bdi> <span class="soft">sign out</span></button>
        : <button type="button" class="who" id="sign-in" onClick={() => { setProblem(null); box.current?.showModal(); }}>Sign in</button>}
      <dialog ref={box} aria-labelledby="sign-title">
        <form onSubmit={(event) => void sign(event)}>
          <h2 id="sign-title">Sign in</h2>
          <p class="soft">Reading needs no token on this machine. Handing in reports, confirming, correcting and
            retracting do. <code>whoholds reviewer add NAME</code> makes a reviewer and shows the token once.</p>
          <label>Token<br /><input ref={field} type="password" autocomplete="off" required class="token" /></label>
          {problem && <p class="problem" role="alert">{problem}</p>}
          <p class="row"><button type="submit" class="main">Sign in</button>
            <button type="button" onClick={() => box.current?.close()}>Cancel</button></p>
        </form>
      </dialog>
    </>
  );
}
