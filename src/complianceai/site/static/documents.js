// Words selected in a paper are filled in where a comment or a suggestion is about them; quoted words are marked.
"use strict";

const paper = document.getElementById("paper");

document.addEventListener("selectionchange", () => {
  const chosen = document.getSelection();
  if (!paper || !chosen || chosen.isCollapsed || !paper.contains(chosen.anchorNode) || !paper.contains(chosen.focusNode)) return;
  const words = chosen.toString().replace(/\s+/g, " ").trim().slice(0, 1000);
  for (const name of ["quote", "old_words"]) {
    const field = document.getElementsByName(name)[0];
    if (field && words) field.value = words;
  }
});

// Where the words of a quote stand among the texts of the paper, whatever space lies between them.
function rangeOf(words) {
  const walker = document.createTreeWalker(paper, NodeFilter.SHOW_TEXT);
  const places = [];
  let text = "";
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (let at = 0; at < node.data.length; at += 1) {
      const isSpace = /\s/.test(node.data[at]);
      if (isSpace && (text === "" || text.endsWith(" "))) continue;
      text += isSpace ? " " : node.data[at];
      places.push([node, at]);
    }
    if (!text.endsWith(" ") && text) {
      text += " ";
      places.push([node, node.data.length - 1]);
    }
  }
  const found = text.indexOf(words);
  if (found < 0) return null;
  const range = new Range();
  range.setStart(...places[found]);
  const [last, at] = places[found + words.length - 1];
  range.setEnd(last, at + 1);
  return range;
}

if (paper && "highlights" in CSS) {
  const quotes = [...document.querySelectorAll("[data-quote]")].map((each) => each.dataset.quote).filter(Boolean);
  const ranges = quotes.map(rangeOf).filter(Boolean);
  if (ranges.length) CSS.highlights.set("quoted", new Highlight(...ranges));
}
