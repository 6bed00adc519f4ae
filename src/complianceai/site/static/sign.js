// A signature drawn with a finger, a pen or a mouse, kept as lines of points between 0 and 1000.
"use strict";

for (const box of document.querySelectorAll("[data-sign]")) {
  const pad = box.querySelector("canvas");
  const kept = box.querySelector("input");
  const pen = pad.getContext("2d");
  let lines = [];
  let line = null;
  box.hidden = false;
  const colour = getComputedStyle(pad).color;

  function draw() {
    pen.clearRect(0, 0, pad.width, pad.height);
    pen.strokeStyle = colour;
    pen.lineWidth = 3;
    pen.lineCap = "round";
    for (const each of lines) {
      pen.beginPath();
      each.forEach(([x, y], at) => {
        const place = [(x / 1000) * pad.width, (y / 1000) * pad.height];
        if (at === 0) pen.moveTo(...place);
        pen.lineTo(...place);
      });
      pen.stroke();
    }
    kept.value = lines.map((each) => each.map((point) => point.join(",")).join(" ")).join(";");
  }

  function point(event) {
    const frame = pad.getBoundingClientRect();
    const part = (at, from, size) => Math.max(0, Math.min(1000, Math.round(((at - from) / size) * 1000)));
    return [part(event.clientX, frame.left, frame.width), part(event.clientY, frame.top, frame.height)];
  }

  pad.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    pad.setPointerCapture(event.pointerId);
    line = [point(event)];
    lines.push(line);
    draw();
  });
  pad.addEventListener("pointermove", (event) => {
    // The field takes twenty thousand letters; nobody's name needs as many.
    if (!line || kept.value.length > 19000) return;
    line.push(point(event));
    draw();
  });
  for (const end of ["pointerup", "pointercancel"]) pad.addEventListener(end, () => { line = null; });
  box.querySelector("[data-clear]").addEventListener("click", () => { lines = []; draw(); });
}
