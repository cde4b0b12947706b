// Pointing at anything shows what it is tied to everywhere: comment, claim, reply, actor, author.

// Returns what stands for which comment and which actor, and who is tied to whom.
export function gatherTies(root) {
  const ties = { byNumber: new Map(), byPlace: new Map(), lines: [], arcs: [], posts: new Map() };
  const add = (map, key, element) => {
    if (!map.has(key)) map.set(key, []);
    map.get(key).push(element);
  };
  for (const post of root.querySelectorAll(".post")) {
    const number = Number(post.dataset.i);
    const claims = (post.dataset.t || "").split(" ").filter(Boolean).map((token) => ({
      place: Number.parseInt(token, 10),
      label: token.at(-2),
      certain: token.at(-1) === "1",
    }));
    ties.posts.set(number, {
      element: post, number, claims,
      parent: Number(post.dataset.p) || null,
      replies: Number(post.dataset.r),
      author: post.dataset.by,
    });
    add(ties.byNumber, number, post);
  }
  for (const element of root.querySelectorAll("[data-i]:not(.post):not(.line):not(.arc)")) {
    add(ties.byNumber, Number(element.dataset.i), element);
  }
  for (const element of root.querySelectorAll("[data-h]:not(.line)")) {
    for (const place of element.dataset.h.split(" ")) add(ties.byPlace, Number(place), element);
  }
  for (const element of root.querySelectorAll(".line")) {
    ties.lines.push({ element, number: Number(element.dataset.i), place: Number(element.dataset.h) });
  }
  for (const element of root.querySelectorAll(".arc")) {
    ties.arcs.push({ element, number: Number(element.dataset.i), answers: Number(element.dataset.j) });
  }
  return ties;
}

// Returns the numbers, places, lines and arcs that what is pointed at is tied to.
function tiedTo(ties, target) {
  const tied = { numbers: new Set(), places: new Set(), lines: [], arcs: [], everywhere: false };
  const author = target.closest(".author");
  const holder = target.closest("[data-h]");
  const spot = target.closest("[data-i]");
  if (author && author.closest(".post")) {
    const name = author.closest(".post").dataset.by;
    for (const post of ties.posts.values()) if (name && post.author === name) tied.numbers.add(post.number);
    tied.lines = ties.lines.filter((line) => tied.numbers.has(line.number));
    for (const line of tied.lines) tied.places.add(line.place);
  } else if (holder && !(spot && holder.contains(spot) && spot !== holder)) {
    for (const place of holder.dataset.h.split(" ")) tied.places.add(Number(place));
    tied.everywhere = !holder.classList.contains("line");
    tied.lines = ties.lines.filter((line) => tied.places.has(line.place)
      && (!holder.classList.contains("line") || line.element === holder));
    for (const line of tied.lines) tied.numbers.add(line.number);
  } else if (spot) {
    const number = Number(spot.dataset.i);
    tied.numbers.add(number);
    tied.lines = ties.lines.filter((line) => line.number === number);
    for (const line of tied.lines) tied.places.add(line.place);
    tied.arcs = ties.arcs.filter((arc) => arc.number === number || arc.answers === number);
    for (const arc of tied.arcs) tied.numbers.add(arc.number).add(arc.answers);
  } else {
    return null;
  }
  return tied;
}

export function watchPointing(root, ties) {
  let lit = [];
  let shown = null;
  const light = (element) => {
    element.classList.add("lit");
    lit.push(element);
  };
  const show = (target) => {
    const tied = target && target.closest ? tiedTo(ties, target) : null;
    const key = tied && [...tied.numbers].join() + "|" + [...tied.places].join() + "|" + tied.lines.length;
    if (key === shown) return;
    shown = key;
    for (const element of lit) element.classList.remove("lit");
    lit = [];
    root.classList.toggle("pointing", Boolean(tied));
    if (!tied) return;
    for (const number of tied.numbers) (ties.byNumber.get(number) || []).forEach(light);
    for (const place of tied.places) {
      for (const element of ties.byPlace.get(place) || []) {
        // Pointed at, an actor is lit in every comment; a comment lights its actors' marks alone.
        if (tied.everywhere || !element.closest(".post")) light(element);
      }
    }
    for (const each of [...tied.lines, ...tied.arcs]) light(each.element);
  };
  root.addEventListener("pointerover", (event) => show(event.target));
  root.addEventListener("pointerleave", () => show(null));
  root.addEventListener("focusin", (event) => show(event.target));
  root.addEventListener("focusout", () => show(null));
}
