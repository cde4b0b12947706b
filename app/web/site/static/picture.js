// The picture follows the filters: what is shown moves together, by the rules of drawing.py.

export function makePicture(svg, ties) {
  const number = (name) => Number(svg.dataset[name]);
  const measures = {
    top: number("top"), high: number("high"), step: number("step"), gap: number("gap"),
    dots: number("dots"), lines: number("lines"), actors: number("actors"), named: number("named"),
  };
  const dots = [...svg.querySelectorAll(".dot")].map((element) => ({ element, number: Number(element.dataset.i) }));
  const boxes = [...svg.querySelectorAll(".box")].map((element) => ({ element, place: Number(element.dataset.h) }));
  const width = svg.viewBox.baseVal.width;

  const spread = (count, step, height, centred) => {
    const begin = centred ? (height - count * step) / 2 : measures.top;
    return Array.from({ length: count }, (_, at) => begin + (at + 0.5) * step);
  };

  // Shows these comments alone, in their order, and whom they speak of.
  return function layOut(shown) {
    const visible = dots.filter((dot) => shown.has(dot.number));
    const spoken = new Set(ties.lines.filter((line) => shown.has(line.number)).map((line) => line.place));
    const weighed = boxes.filter((box) => spoken.has(box.place));
    const span = Math.max(measures.high - 2 * measures.top, 1);
    const step = Math.min(measures.step, span / Math.max(visible.length, 1));
    const gap = Math.min(measures.gap, span / Math.max(weighed.length, 1));
    const height = Math.max(visible.length * step, weighed.length * gap) + 2 * measures.top;
    const named = step >= measures.named;
    const rows = spread(visible.length, step, height, false);
    const columns = spread(weighed.length, gap, height, visible.length * step > height / 2);
    const heights = new Map(visible.map((dot, at) => [dot.number, rows[at]]));
    const places = new Map(weighed.map((box, at) => [box.place, columns[at]]));
    svg.setAttribute("viewBox", `0 0 ${width} ${height.toFixed(1)}`);
    svg.classList.toggle("dense", !named);
    const put = (element, on) => element.classList.toggle("gone", !on);
    for (const dot of dots) {
      const y = heights.get(dot.number);
      put(dot.element, y !== undefined);
      if (y !== undefined) dot.element.setAttribute("transform", `translate(${measures.dots} ${y.toFixed(1)})`);
    }
    for (const box of boxes) {
      const y = places.get(box.place);
      put(box.element, y !== undefined);
      if (y !== undefined) box.element.setAttribute("transform", `translate(${measures.actors} ${y.toFixed(1)})`);
    }
    for (const { element, number: at, place } of ties.lines) {
      const start = heights.get(at);
      put(element, start !== undefined);
      if (start === undefined) continue;
      const landing = element.classList.contains("support") ? -4.5 : element.classList.contains("deny") ? 4.5 : 0;
      const end = places.get(place) + landing;
      const begin = named ? measures.lines : measures.dots + 8;
      const stop = measures.actors - 12;
      const bend = (stop - begin) * 0.45;
      element.setAttribute("d", `M${begin} ${start}C${begin + bend} ${start} ${stop - bend} ${end} ${stop} ${end}`);
    }
    for (const { element, number: at, answers } of ties.arcs) {
      const start = heights.get(at), end = heights.get(answers);
      put(element, start !== undefined && end !== undefined);
      if (start === undefined || end === undefined) continue;
      const begin = measures.dots - 7;
      const out = begin - Math.min(measures.dots - 12, 8 + Math.abs(start - end) * 0.42);
      element.setAttribute("d", `M${begin} ${start}C${out} ${start} ${out} ${end} ${begin} ${end}`);
    }
  };
}

// Marks the comments that are in sight among the dots.
export function watchSight(ties) {
  if (!("IntersectionObserver" in window)) return;
  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      for (const element of ties.byNumber.get(Number(entry.target.dataset.i)) || []) {
        if (element.classList.contains("dot")) element.classList.toggle("seen", entry.isIntersecting);
      }
    }
  });
  for (const post of ties.posts.values()) observer.observe(post.element);
}

// Offers the picture as a PNG, drawn from the SVG that the service has.
export function offerPng(button) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const source = await (await fetch(button.dataset.from)).text();
      const image = new Image();
      const address = URL.createObjectURL(new Blob([source], { type: "image/svg+xml" }));
      image.src = address;
      await image.decode();
      const canvas = document.createElement("canvas");
      // Twice as fine as drawn, but no larger than browsers let a canvas be.
      const scale = Math.min(2, 16000 / image.height);
      canvas.width = Math.round(image.width * scale);
      canvas.height = Math.round(image.height * scale);
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(address);
      const file = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
      const link = document.createElement("a");
      link.href = URL.createObjectURL(file);
      link.download = "argument.png";
      link.click();
      // The browser reads it after the click: revoked at once, it may be gone by then.
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    } finally {
      button.disabled = false;
    }
  });
}
