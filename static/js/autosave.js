// Keeps what is typed into a form, every few seconds while it changes, so that a crash or a lost session loses nothing.
// The page offers it again when the form is next opened. Whoever is signed out meanwhile is told before the form is
// sent; what they typed then stays in this window and is kept as soon as they are back. Without this file, the form
// works as it stands.
(() => {
  "use strict";

  const kept = document.querySelector("[data-autosave]");
  const form = kept?.form;
  if (!form) {
    return;
  }

  const WAIT = 2000;
  const WAIT_AFTER_FAILURE = 10000;
  // Whoever presses the button waits for the save before it: no longer than this.
  const LONGEST = 8000;
  const TOKEN = "csrfmiddlewaretoken";
  const { autosave, address, editor, login, signedOut, signIn, failed } = kept.dataset;
  const status = form.querySelector("[data-autosaved]");
  const shelf = `unsaved ${editor} ${address}`;
  // Stands while what was typed last could not be kept.
  const unkept = `unkept ${editor} ${address}`;
  let timer = 0;
  let changes = 0;
  let keptChanges = 0;
  let running = Promise.resolve("kept");
  // The numbers of saves that were sent and not answered: what is kept may be one of them.
  const unanswered = new Set();
  let isWaiting = false;
  let isFlushed = false;
  let isShelved = false;

  const say = (text, link) => {
    if (status && status.dataset.said !== text) {
      status.dataset.said = text;
      status.textContent = text;
      if (link) {
        status.append(" ", link);
      }
    }
  };

  // Signing in, in another window too, changes the token; the cookie has the new one.
  const token = () => {
    const cookie = document.cookie.split("; ").find((one) => /^(__Host-)?csrftoken=/.test(one));
    return cookie ? cookie.slice(cookie.indexOf("=") + 1) : form.elements[TOKEN].value;
  };

  const typed = () => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== TOKEN);

  const newNumber = () =>
    [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  const send = (entries, keepalive, number = newNumber()) => {
    const data = new FormData();
    for (const [name, value] of entries) {
      data.append(name, value);
    }
    data.set("_address", address);
    data.set("_number", number);
    for (const one of unanswered) {
      data.append("_unanswered", one);
    }
    unanswered.add(number);
    return fetch(autosave, {
      method: "POST",
      body: data,
      headers: { "X-CSRFToken": token() },
      redirect: "manual",
      keepalive,
      signal: AbortSignal.timeout(LONGEST),
    });
  };

  const shelve = () => {
    const link = document.createElement("a");
    link.href = login;
    link.textContent = signIn;
    say(signedOut, link);
    try {
      sessionStorage.setItem(shelf, JSON.stringify(typed()));
      isShelved = true;
    } catch {
      // No room, or not allowed: it is still in the form.
    }
  };

  const unshelve = () => {
    if (isShelved) {
      sessionStorage.removeItem(shelf);
      isShelved = false;
    }
  };

  const keep = async (keepalive) => {
    const upTo = changes;
    clearTimeout(timer);
    timer = 0;
    const number = newNumber();
    let response;
    try {
      response = await send(typed(), keepalive, number);
    } catch {
      // It may have been kept all the same: it stays unanswered.
      say(failed);
      wait(WAIT_AFTER_FAILURE);
      return "failed";
    }
    if (response.status < 500) {
      unanswered.delete(number);
    }
    // Sent on to the page where one signs in.
    if (response.type === "opaqueredirect") {
      shelve();
      return "signed out";
    }
    const answer = await response.json().catch(() => ({}));
    if (upTo < keptChanges) {
      // A later save overtook it.
      return "kept";
    }
    if (response.ok && answer.kept) {
      unanswered.clear();
      kept.value = answer.kept;
      keptChanges = upTo;
      unshelve();
    }
    say(answer.said ?? failed);
    return response.ok ? "kept" : "refused";
  };

  const keepInTurn = () => {
    running = running.then(() => keep(false));
    return running;
  };

  const wait = (time) => {
    if (!timer) {
      timer = setTimeout(keepInTurn, time);
    }
  };

  const noteChange = () => {
    changes += 1;
    wait(WAIT);
  };

  for (const kind of ["input", "change"]) {
    form.addEventListener(kind, noteChange);
  }
  for (const kind of ["formset:added", "formset:removed"]) {
    document.addEventListener(kind, noteChange);
  }
  // What was typed before this file was there to hear it. A box has the value of a ticked one, ticked or not.
  const isTyped = (one) =>
    one.checked !== one.defaultChecked ||
    (one.matches("textarea, input:not([type=checkbox], [type=radio])") && one.value !== one.defaultValue);
  const noteTyped = () => {
    if ([...form.elements].some(isTyped)) {
      noteChange();
    }
  };

  // After Back, the browser fills in again what some fields held when the form was left, by the time the page has loaded,
  // and leaves others empty. The form shows what the server sent instead: what was not saved is offered above it. But
  // what could not be kept stays, and what somebody typed who has touched a key or a button here. A page that the browser
  // kept whole holds everything.
  const isBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  const isUnkept = sessionStorage.getItem(unkept) !== null;
  const isTheirs = () => !isBack || isUnkept || Boolean(navigator.userActivation?.hasBeenActive);
  if (isTheirs()) {
    noteTyped();
  }
  if (isBack) {
    window.addEventListener(
      "pageshow",
      ({ persisted }) => {
        if (persisted || changes) {
          return;
        }
        if (isTheirs()) {
          noteTyped();
          return;
        }
        form.reset();
        // Lists that are searched while one types show what they were told last.
        window.django?.jQuery?.(form).find("select").trigger("change.select2");
      },
      { once: true },
    );
  }
  window.addEventListener("pagehide", () => {
    try {
      if (changes > keptChanges) {
        sessionStorage.setItem(unkept, "");
      } else {
        sessionStorage.removeItem(unkept);
      }
    } catch {
      // Not allowed.
    }
  });

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && changes > keptChanges) {
      // Now, and not in turn: nobody may be here any more when the answer to the one before comes.
      running = Promise.all([running, keep(true)]).then(([, outcome]) => outcome);
    }
  });

  form.addEventListener("submit", async (event) => {
    form.elements[TOKEN].value = token();
    if (isFlushed || (changes === keptChanges && !isShelved)) {
      return;
    }
    event.preventDefault();
    if (isWaiting) {
      return;
    }
    isWaiting = true;
    const { submitter } = event;
    const outcome = await keepInTurn();
    isWaiting = false;
    if (outcome === "signed out") {
      status?.scrollIntoView({ block: "nearest" });
      return;
    }
    isFlushed = true;
    form.requestSubmit(submitter);
    isFlushed = false;
  });

  // What stayed in this window when its editor was signed out is kept now, and shown.
  const shelved = sessionStorage.getItem(shelf);
  if (shelved) {
    send(JSON.parse(shelved), false)
      .then(async (response) => {
        const answer = await response.json();
        if (response.ok) {
          sessionStorage.removeItem(shelf);
          window.location.replace(`${address}?restore=1`);
        } else {
          say(answer.said);
        }
      })
      .catch(() => say(failed));
  }
})();
