// Makes pages better where scripts run; every page works without it.
"use strict";

// A dialog closes by its own buttons, and by a click on what lies behind it.
document.addEventListener("click", (event) => {
  const dialog = event.target.closest("dialog");
  if (dialog && (event.target === dialog || event.target.closest("[data-close]"))) dialog.close();
  const opener = event.target.closest("[commandfor][command='show-modal']");
  if (opener && !("commandForElement" in opener)) document.getElementById(opener.getAttribute("commandfor"))?.showModal();
  event.target.closest(".toast [data-dismiss]")?.closest(".toast").remove();
});

// A link among many that open beside the page says where once, on what holds them all.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-sheet] a[href]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  htmx.ajax("GET", link.href, { source: link, target: link.closest("[data-sheet]").dataset.sheet });
});

// What htmx puts into the sheet is shown at once; the browser gives the focus back when it closes.
document.addEventListener("htmx:afterSwap", (event) => {
  const sheet = event.detail.target.closest("dialog.sheet");
  if (sheet && !sheet.open) sheet.showModal();
  if (sheet) sheet.scrollTop = 0;
});

// What changed on the page is read out from a place that was there before.
document.addEventListener("htmx:afterSettle", () => {
  const news = document.querySelector("[data-say]")?.textContent.trim();
  if (news) document.getElementById("said").textContent = news;
});

// A code that is complete fills in what it tells, as its button would.
document.addEventListener("input", (event) => {
  const wanted = Number(event.target.dataset?.fills);
  if (wanted && event.target.value.replace(/[\s-]/g, "").length === wanted) event.target.form.elements.fill.click();
});

// What is typed while a form is being fetched anew is put back into it when it comes.
const typed = new Map();
document.addEventListener("input", ({ target }) => {
  if (target.name && target.closest("form[data-refills]")) typed.set(`${target.name}=${target.type === "checkbox" ? target.value : ""}`, target);
});
document.addEventListener("htmx:beforeRequest", () => typed.clear());
document.addEventListener("htmx:afterSwap", () => {
  for (const old of typed.values()) {
    const isChoice = old.type === "radio" || old.type === "checkbox";
    const same = [...document.getElementsByName(old.name)].find((each) => !isChoice || each.value === old.value);
    if (!same || same === old) continue;
    if (isChoice) same.checked = old.checked;
    else same.value = old.value;
  }
});

// A form that came back with faults begins at what is to be mended.
document.getElementById("faults")?.focus();

// A request that failed says so, in the words the page was rendered with.
function say(kind) {
  const pattern = document.getElementById(`say-${kind}`);
  const place = document.querySelector(".toasts");
  if (!pattern || !place) return;
  place.append(pattern.content.cloneNode(true));
  const said = place.lastElementChild;
  setTimeout(() => said.remove(), 10_000);
}
document.addEventListener("htmx:responseError", () => say("refused"));
document.addEventListener("htmx:sendError", () => say("offline"));

// A form of filters is sent as soon as one changes.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-auto]");
  if (form) form.requestSubmit();
});

document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});

// A money field says back what was typed as people read it: 1,50,00,000 and 1.5 crore are the same.
const rupees = new Intl.NumberFormat("en-IN", { style: "currency", currency: "INR", maximumFractionDigits: 0 });
const words = { crore: 1e7, cr: 1e7, lakh: 1e5, lac: 1e5, l: 1e5, k: 1e3 };
function echo(input) {
  const place = document.getElementById(`${input.id}-echo`);
  if (!place) return;
  const found = /^([\d.]+)(crore|cr|lakh|lac|l|k)?s?$/i.exec(input.value.replace(/[\s,₹]|rs\.?/gi, ""));
  place.textContent = found && Number(found[1]) ? `= ${rupees.format(Number(found[1]) * (words[found[2]?.toLowerCase()] ?? 1))}` : "";
}
document.addEventListener("input", (event) => event.target.matches("[data-money]") && echo(event.target));
document.querySelectorAll("[data-money]").forEach(echo);

// The number beside the bell is told by the server whenever it changes; a page in the background hears nothing.
const bell = document.querySelector("[data-bell]");
if (bell && "EventSource" in window) {
  const count = bell.querySelector(".bell-count");
  let source = null;
  const listen = () => {
    source?.close();
    source = document.hidden ? null : new EventSource(bell.dataset.bell);
    if (!source) return;
    source.onmessage = ({ data }) => {
      const unread = Number(data) || 0;
      count.hidden = unread === 0;
      count.textContent = unread > 99 ? "99+" : String(unread);
      count.setAttribute("aria-label", `${count.textContent} ${bell.dataset.bellWords}`);
    };
  };
  document.addEventListener("visibilitychange", listen);
  window.addEventListener("pagehide", () => source?.close());
  listen();
}

// A list of tasks is walked by keys, unless its reader turned them off or is typing.
const keyed = document.querySelector("form[data-keys]");
const help = document.getElementById("keys");
const isOn = document.getElementById("keys-on");
if (keyed && help && isOn) {
  isOn.checked = localStorage.getItem("keys") !== "off";
  isOn.addEventListener("change", () => localStorage.setItem("keys", isOn.checked ? "on" : "off"));
  const links = [...keyed.querySelectorAll("tbody th a")];
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest("input:not([type=checkbox]), textarea, select, dialog");
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "?") help.showModal();
    if (!isOn.checked) return;
    const at = links.findIndex((link) => link.closest("tr").contains(document.activeElement));
    if (event.key === "j") links[Math.min(at + 1, links.length - 1)]?.focus();
    if (event.key === "k") links[Math.max(at - 1, 0)]?.focus();
    if (event.key === "x" && at >= 0) links[at].closest("tr").querySelector("input[type=checkbox]")?.click();
  });
}
