// Shows an answer while it is written; without scripts the form brings it as a page.
"use strict";

const form = document.querySelector("form[data-ask]");
const talk = document.querySelector("[data-talk]");
const text = (id) => document.getElementById(id).content.textContent;

// Reads `event:` and `data:` lines as they come and hands each event over whole.
async function readEvents(reply, take) {
  const reader = reply.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const parts = (rest + value).split("\n\n");
    rest = parts.pop();
    for (const part of parts) {
      const [event, data] = part.split("\n");
      take(event.slice(7), JSON.parse(data.slice(6)));
    }
  }
}

// The answer as the server renders it, with its sources and what can be done with it.
async function settle(exchange, { sessionId, messageId }) {
  const home = `${form.dataset.home}/${sessionId}`;
  let session = form.elements.session_id;
  if (!session) {
    session = Object.assign(document.createElement("input"), { type: "hidden", name: "session_id" });
    form.prepend(session);
  }
  session.value = sessionId;
  form.querySelector(".offers")?.remove();
  document.querySelector("[data-lead]")?.remove();
  history.replaceState(null, "", home);
  // What the page itself would show of it, escaped there.
  await htmx.ajax("GET", `${home}/messages/${messageId}`, { source: exchange, target: exchange, swap: "outerHTML" });
  offerCopies();
}

async function ask(message) {
  const exchange = document.getElementById("talk-new").content.cloneNode(true).firstElementChild;
  const answer = exchange.querySelector(".answer");
  const stop = exchange.querySelector("[data-stop]");
  const again = exchange.querySelector("[data-again]");
  const leave = new AbortController();
  exchange.querySelector(".question").textContent = message;
  stop.addEventListener("click", () => leave.abort());
  again.addEventListener("click", () => {
    exchange.remove();
    ask(message);
  });
  talk.append(exchange);
  exchange.scrollIntoView({ block: "nearest" });
  const sent = { message, companyId: form.dataset.company };
  if (form.elements.session_id) sent.sessionId = form.elements.session_id.value;
  try {
    const reply = await fetch("/api/chat", {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "text/event-stream" },
      body: JSON.stringify(sent),
      signal: leave.signal,
    });
    if (!reply.ok) {
      const refused = await reply.json();
      throw new Error(refused.fields?.message ?? refused.error);
    }
    let end = null;
    await readEvents(reply, (event, data) => {
      if (event === "token") answer.textContent += data.text;
      if (event === "reset") answer.textContent = data.text;
      if (event === "done") end = data;
    });
    if (!end) throw new Error(text("talk-failed"));
    answer.removeAttribute("aria-busy");
    stop.remove();
    await settle(exchange, end);
  } catch (error) {
    answer.removeAttribute("aria-busy");
    const isStopped = error.name === "AbortError";
    answer.textContent = isStopped ? text("talk-stopped") : error instanceof TypeError ? text("talk-failed") : error.message;
    stop.remove();
    again.hidden = false;
  }
}

form?.addEventListener("submit", (event) => {
  if (event.submitter?.name === "dismiss" || !window.TextDecoderStream) return;
  const message = (event.submitter?.name === "offer" ? event.submitter.value : form.elements.message.value).trim();
  if (!message || message.length > 1000) return;
  event.preventDefault();
  form.elements.message.value = "";
  ask(message);
});

// As in every chat: the key sends, and with Shift begins a line. While a word is being composed it only ends the word.
form?.elements.message.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});

function offerCopies() {
  for (const button of document.querySelectorAll("[data-copy][hidden]")) button.hidden = !navigator.clipboard;
}
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (button) navigator.clipboard.writeText(button.closest(".exchange").querySelector(".answer").innerText.trim());
});
offerCopies();
