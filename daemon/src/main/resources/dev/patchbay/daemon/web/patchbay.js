"use strict";
// Everything here makes a page livelier that works without it: one live stream for all tabs, the text as it comes, half-written
// texts that are kept, code that can be copied. It writes text as text, and takes HTML from its own server alone.
(() => {
  const body = document.body;
  const byId = (id) => document.getElementById(id);
  const all = (selector) => [...document.querySelectorAll(selector)];

  // --- Logging in ------------------------------------------------------------------------------------------------------------

  document.querySelector("form[data-send-at-once]")?.requestSubmit();

  // --- Code that can be copied -----------------------------------------------------------------------------------------------

  function showCopyButtons() {
    if (navigator.clipboard) {
      all("button.copy[hidden]").forEach((button) => { button.hidden = false; });
    }
  }
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("button.copy");
    if (!button) {
      return;
    }
    const text = button.closest(".code").querySelector("pre").textContent;
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not copied";
    }
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  });
  showCopyButtons();

  // --- Half-written texts: each belongs to its session, and goes when it was sent ----------------------------------------------

  const draftKey = (name) => "patchbay draft " + name;
  if (body.dataset.sent) {
    localStorage.removeItem(draftKey(body.dataset.sent));
    history.replaceState(null, "", location.pathname);
  }
  for (const box of all("textarea[data-draft]")) {
    const key = draftKey(box.dataset.draft);
    if (!box.value) {
      box.value = localStorage.getItem(key) ?? "";
    }
    box.addEventListener("input", () => {
      try {
        if (box.value) {
          localStorage.setItem(key, box.value);
        } else {
          localStorage.removeItem(key);
        }
      } catch {
        // The browser has no room for it: an older draft would be worse than none.
        localStorage.removeItem(key);
      }
    });
    addEventListener("storage", (event) => {
      if (event.key === key && document.activeElement !== box) {
        box.value = event.newValue ?? "";
      } else if (event.key === key && event.newValue === null) {
        box.value = "";
      }
    });
    // A key that ends the input of a Japanese or Chinese word is not meant for the form.
    let composing = false;
    box.addEventListener("compositionstart", () => { composing = true; });
    box.addEventListener("compositionend", () => { setTimeout(() => { composing = false; }); });
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing && !composing && event.keyCode !== 229) {
        event.preventDefault();
        box.form.requestSubmit();
      }
    });
  }
  all(".keys[hidden]").forEach((hint) => { hint.hidden = false; });

  // --- What htmx met -----------------------------------------------------------------------------------------------------------

  document.addEventListener("htmx:afterSwap", () => showCopyButtons());
  document.addEventListener("htmx:sendError", (event) => {
    if (event.target.matches("form")) {
      say(event.detail.target, "The daemon does not answer: nothing was sent, and the text is kept here.");
    }
  });
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status === 401) {
      loggedOut();
    }
  });
  function say(place, text) {
    if (place) {
      const note = document.createElement("p");
      note.className = "problem";
      note.setAttribute("role", "alert");
      note.textContent = text;
      place.replaceChildren(note);
    }
  }

  // --- The connection, as this page shows it -----------------------------------------------------------------------------------

  const connection = byId("connection");
  if (!connection) {
    return;
  }
  function lost(since) {
    document.documentElement.dataset.lost = "";
    connection.textContent = "No connection to the daemon since " + new Date(since).toLocaleTimeString() + "; what is shown is of then.";
    connection.hidden = false;
  }
  function found() {
    delete document.documentElement.dataset.lost;
    connection.hidden = true;
  }
  function loggedOut() {
    document.documentElement.dataset.lost = "";
    const link = document.createElement("a");
    link.href = "/login?to=" + encodeURIComponent(location.pathname);
    link.textContent = "log in";
    connection.replaceChildren("You are not logged in any more: run patchbay daemon open, or ", link, ".");
    connection.hidden = false;
  }

  // --- What this page shows of an event ------------------------------------------------------------------------------------------

  let position = Number(body.dataset.position);
  const list = document.querySelector("[data-live=list]");
  const talk = document.querySelector("[data-live=session]");
  const session = talk?.dataset.session;
  const stream = byId("stream");

  /** Does it now if it was not done for a moment, and once more afterwards if it was asked for meanwhile. */
  function calm(task, millis) {
    let running = false;
    let again = false;
    return async function run() {
      if (running) {
        again = true;
        return;
      }
      running = true;
      try {
        await task();
      } catch {
        // What could not be fetched is fetched with what comes next.
      }
      setTimeout(() => {
        running = false;
        if (again) {
          again = false;
          run();
        }
      }, millis);
    };
  }
  async function fragment(path) {
    const answer = await fetch(path, { headers: { "hx-request": "true" }, cache: "no-store" });
    if (answer.status === 401) {
      loggedOut();
    }
    if (!answer.ok) {
      throw new Error("status " + answer.status);
    }
    const parsed = document.createElement("template");
    parsed.innerHTML = await answer.text();
    return parsed.content;
  }
  const refreshList = calm(async () => {
    const next = await fragment(list.getAttribute("hx-get"));
    const focused = document.activeElement?.closest?.("#sessions a")?.getAttribute("href");
    list.replaceChildren(next);
    if (focused) {
      [...list.querySelectorAll("a")].find((link) => link.getAttribute("href") === focused)?.focus();
    }
  }, 300);
  const refreshState = calm(async () => {
    const next = await fragment("/sessions/" + encodeURIComponent(session) + "/state");
    const state = byId("state");
    const before = state.querySelector("[data-status]").dataset.status;
    state.replaceChildren(next);
    const now = state.querySelector("[data-status]").dataset;
    all("[data-while=live]").forEach((part) => { part.hidden = now.isLive !== "true"; });
    all("[data-while=final]").forEach((part) => { part.hidden = now.isFinal !== "true"; });
    if (before !== now.status && !(before === "starting" && now.status === "running")) {
      byId("announcement").textContent = now.announcement;
    }
  }, 100);
  const refreshTalk = calm(async () => {
    if (!stream) {
      return;
    }
    for (;;) {
      const last = Number(talk.dataset.last);
      const next = await fragment("/sessions/" + encodeURIComponent(session) + "/new?after=" + last);
      const pieces = [...next.querySelectorAll("article")].filter((piece) => Number(piece.dataset.sequence) > Number(talk.dataset.last));
      if (!pieces.length) {
        return;
      }
      follow();
      const newest = Math.max(...pieces.map((piece) => Number(piece.dataset.sequence)));
      talk.dataset.last = String(newest);
      [...stream.children].filter((live) => Number(live.dataset.sequence) <= newest).forEach((live) => live.remove());
      byId("conversation").append(...pieces);
      showCopyButtons();
    }
  }, 50);
  function refresh() {
    if (list) {
      refreshList();
    }
    if (talk) {
      refreshState();
      refreshTalk();
      if (stream) {
        refreshUnfinished();
      }
    }
  }

  /** A piece of text that is not yet stored; what came before it was told to this page, is on it, or is fetched. */
  function write(data) {
    if (!stream || data.sequence <= Number(talk.dataset.last)) {
      return;
    }
    let live = [...stream.children].find((child) => child.dataset.sequence === String(data.sequence));
    const had = live ? Number(live.dataset.length) : 0;
    if (data.offset + data.content.length <= had) {
      return;
    }
    if (data.offset > had) {
      refreshUnfinished();
      return;
    }
    follow();
    if (!live) {
      live = began(data);
      stream.append(live);
    }
    const text = live.querySelector(".text");
    if (!text.firstChild) {
      text.append("");
    }
    text.firstChild.appendData(data.content.slice(had - data.offset));
    live.dataset.length = String(data.offset + data.content.length);
  }
  function began(data) {
    const isThought = data.event_type === "thinking";
    const live = document.createElement("article");
    live.dataset.sequence = data.sequence;
    live.dataset.length = "0";
    live.className = "said " + (isThought ? "thinking" : "assistant");
    const text = document.createElement(isThought ? "pre" : "div");
    text.className = isThought ? "text" : "text live";
    text.dir = "auto";
    if (isThought) {
      const fold = document.createElement("details");
      const summary = document.createElement("summary");
      summary.textContent = "Thinking…";
      fold.append(summary, text);
      live.append(fold);
    } else {
      live.append(text);
    }
    return live;
  }
  const refreshUnfinished = calm(async () => {
    const next = await fragment("/sessions/" + encodeURIComponent(session) + "/unfinished");
    const whole = next.querySelector("article");
    if (!whole || Number(whole.dataset.sequence) <= Number(talk.dataset.last)) {
      return;
    }
    follow();
    const shown = [...stream.children].find((child) => child.dataset.sequence === whole.dataset.sequence);
    if (!shown) {
      stream.append(whole);
    } else if (Number(shown.dataset.length) < Number(whole.dataset.length)) {
      shown.replaceWith(whole);
    }
  }, 200);

  /**
   * Before something is added: whoever is at the end is taken along in the next frame, unless they scroll back meanwhile. Where they are
   * is asked now, since the event that tells of a scroll comes only with a frame.
   */
  let following = false;
  function follow() {
    if (following) {
      return;
    }
    following = true;
    const page = document.documentElement;
    const at = scrollY;
    const isAtEnd = innerHeight + at >= page.scrollHeight - 40;
    requestAnimationFrame(() => {
      following = false;
      if (isAtEnd && scrollY >= Math.min(at, page.scrollHeight - innerHeight) - 1) {
        scrollTo(0, page.scrollHeight);
      }
    });
  }
  if (talk && byId("state").querySelector("[data-is-live=true]")) {
    scrollTo(0, document.documentElement.scrollHeight);
  }

  function told(frame) {
    if (frame.type === "state_reset") {
      // The numbers of another store may be smaller, and mean other events: none is known until one is told.
      position = -1;
      refresh();
      return;
    }
    if (frame.id) {
      if (frame.id <= position) {
        return;
      }
      position = frame.id;
    }
    if (frame.type === "conversation_delta") {
      if (frame.data.session_id === session) {
        write(frame.data);
      }
      return;
    }
    if (list && frame.type !== "session_retrying") {
      refreshList();
    }
    if (talk && frame.data.session_id === session) {
      if (frame.type === "conversation_updated") {
        refreshTalk();
      } else if (frame.type === "session_retrying") {
        refreshState();
      } else {
        refreshTalk();
        refreshState();
      }
    }
  }

  // --- One stream for all tabs: whoever holds the lock reads it and tells the others ---------------------------------------------

  const channel = new BroadcastChannel("patchbay");
  let leads = false;
  let isLost = null;
  let isLoggedOut = false;
  let wake = () => {};

  channel.addEventListener("message", ({ data }) => {
    if (data.frame) {
      told(data.frame);
    } else if (data.lost) {
      lost(data.lost);
    } else if (data.found) {
      found();
      catchUp(data.position);
      listening();
    } else if (data.loggedOut) {
      loggedOut();
    } else if (data.hello && leads) {
      if (isLoggedOut) {
        wake();
      }
      tell(isLost ? { lost: isLost } : { found: true, position });
    }
  });
  /** The leader may have told of something before this page listened. */
  function catchUp(of) {
    if (of > position) {
      position = of;
      refresh();
    }
  }
  /** What was written between the making of the page and the first word that it heard is not told again. */
  function listening() {
    if (stream && byId("state").querySelector("[data-is-live=true]")) {
      refreshState();
      refreshUnfinished();
      setTimeout(refreshUnfinished, 500);
    }
  }
  function tell(message) {
    channel.postMessage(message);
  }
  function pause(millis) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, millis);
      wake = () => { clearTimeout(timer); resolve(); };
    });
  }

  const SILENT_MILLIS = 45_000;
  const LONGEST_PAUSE = 15_000;
  const LOGGED_OUT_PAUSE = 30_000;
  let lastByte = 0;
  let lastByteAt = 0;

  /** By the clock, which goes on while the machine sleeps, and by the time of this page, which nobody sets back. */
  function silence() {
    return Math.max(Date.now() - lastByteAt, performance.now() - lastByte);
  }
  function heard() {
    lastByteAt = Date.now();
    lastByte = performance.now();
  }

  /** Reads until the stream ends, however it ends. */
  async function read(opened) {
    const abort = new AbortController();
    heard();
    const watch = setInterval(() => {
      if (silence() > SILENT_MILLIS) {
        abort.abort();
      }
    }, 1_000);
    const look = () => {
      if (!document.hidden && silence() > SILENT_MILLIS / 2) {
        abort.abort();
      }
    };
    document.addEventListener("visibilitychange", look);
    try {
      const answer = await fetch("/live?after=" + position, { signal: abort.signal, cache: "no-store", headers: { accept: "text/event-stream" } });
      if (answer.status === 401) {
        return 401;
      }
      if (!answer.ok) {
        return answer.status;
      }
      opened();
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      let rest = "";
      for (;;) {
        const { value, done } = await reader.read();
        if (done) {
          return 0;
        }
        heard();
        const parts = (rest + value).split("\n\n");
        rest = parts.pop();
        parts.forEach(part);
      }
    } catch {
      return 0;
    } finally {
      clearInterval(watch);
      document.removeEventListener("visibilitychange", look);
    }
  }
  function part(text) {
    let id = 0;
    let data = "";
    for (const line of text.split("\n")) {
      if (line.startsWith("id: ")) {
        id = Number(line.slice(4));
      } else if (line.startsWith("data: ")) {
        data += line.slice(6);
      }
    }
    if (!data) {
      return;
    }
    const event = JSON.parse(data);
    const { session_id, sequence, event_type, offset } = event.data;
    // What was said is fetched by whoever shows it; the others need not have it.
    const content = event.type === "conversation_delta" ? event.data.content : undefined;
    const frame = { id, type: event.type, data: { session_id, sequence, event_type, offset, content } };
    tell({ frame });
    told(frame);
  }
  async function lead() {
    leads = true;
    let delay = 250;
    for (;;) {
      const status = await read(() => {
        delay = 250;
        const back = isLost !== null || isLoggedOut;
        isLost = null;
        isLoggedOut = false;
        found();
        tell({ found: true, position });
        listening();
        if (back) {
          refresh();
        }
      });
      if (status === 401) {
        isLoggedOut = true;
        tell({ loggedOut: true });
        loggedOut();
        await pause(LOGGED_OUT_PAUSE);
        continue;
      }
      isLost ??= Date.now();
      tell({ lost: isLost });
      lost(isLost);
      await pause(delay + Math.random() * 100);
      delay = Math.min(delay * 1.7, LONGEST_PAUSE);
    }
  }
  tell({ hello: true });
  if (navigator.locks) {
    navigator.locks.request("patchbay stream", lead);
  } else {
    lead();
  }
  addEventListener("online", () => wake());
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) {
      wake();
    }
  });
})();
