// The view of one page: filters, folds and the picture, kept in step; all of it reads without.
import { gatherTies, watchPointing } from "./ties.js";
import { makeFolds } from "./folds.js";
import { makePicture, offerPng, watchSight } from "./picture.js";
import { makeFilters } from "./filters.js";

const page = document.querySelector("main");
const svg = page.querySelector("svg.picture");
const ties = gatherTies(page);
const layOut = makePicture(svg, ties);
const tally = page.querySelector("#tally");
const none = page.querySelector("#none");

const change = () => {
  const passing = filters.passing();
  const away = folds.away();
  const shown = new Set();
  for (const post of ties.posts.values()) {
    const on = passing.has(post.number) && !away.has(post.number);
    post.element.hidden = !on;
    if (on) shown.add(post.number);
  }
  const total = ties.posts.size;
  tally.textContent = shown.size === total ? `all ${total}` : `${shown.size} of ${total}`;
  none.hidden = shown.size > 0 || total === 0;
  filters.told(filters.narrows());
  layOut(shown);
};
const filters = makeFilters(page, ties, change);
const folds = makeFolds(page, ties, change);

// A comment that somebody asks for is shown, whatever hides it.
const reveal = (number) => {
  const post = ties.posts.get(number);
  if (!post) return;
  if (post.element.hidden) {
    folds.open(number);
    if (!filters.passing().has(number)) page.querySelector(".filters .all").click();
    change();
  }
  post.element.scrollIntoView({ block: "center" });
  post.element.classList.add("asked");
  setTimeout(() => post.element.classList.remove("asked"), 1600);
};
page.addEventListener("click", (event) => {
  const dot = event.target.closest(".dot");
  const box = event.target.closest(".box");
  const link = event.target.closest('a[href^="#c-"]:not(.near):not(.no)');
  if (dot) reveal(Number(dot.dataset.i));
  else if (box) document.getElementById(`h-${box.dataset.h}`).scrollIntoView({ block: "center" });
  else if (link) {
    event.preventDefault();
    history.replaceState(null, "", link.hash);
    reveal(Number(link.hash.slice(3)));
  }
});
watchPointing(page, ties);
watchSight(ties);
for (const button of page.querySelectorAll("button.png")) offerPng(button);
document.body.classList.add("live");
performance.mark("interactive");
