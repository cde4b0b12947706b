// The filters at once, without asking the service; it would filter by the same rules.

export function makeFilters(root, ties, changed) {
  const form = root.querySelector(".filters");
  const hidden = form.elements.namedItem("near");
  const state = { near: null };
  const field = (name) => (form.elements.namedItem(name) || { value: "" }).value;
  const placeOf = () => {
    const option = form.elements.namedItem("actor").selectedOptions[0];
    return option && option.dataset.h !== undefined ? Number(option.dataset.h) : null;
  };
  const near = (number) => {
    const middle = ties.posts.get(number);
    const places = new Set(middle.claims.map((claim) => claim.place));
    return new Set([...ties.posts.values()].filter((post) =>
      post.number === number || post.number === middle.parent || post.parent === number
      || post.claims.some((claim) => places.has(claim.place))).map((post) => post.number));
  };
  const address = () => {
    const wanted = new URLSearchParams();
    for (const name of ["actor", "label", "certain", "author", "order"]) if (field(name)) wanted.set(name, field(name));
    if (state.near && state.near.id) wanted.set("near", state.near.id);
    return wanted.size ? `?${wanted}` : location.pathname;
  };
  if (hidden) {
    // Which comment that is only the service knows; what it shows is what is near.
    state.near = { id: hidden.value, numbers: new Set([...ties.posts.values()]
      .filter((post) => !post.element.hidden).map((post) => post.number)) };
  }
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", (event) => {
    if (event.target.name === "order") location.assign(address());
    else changed();
  });
  form.querySelector(".go").hidden = true;
  form.querySelector(".all").addEventListener("click", (event) => {
    event.preventDefault();
    for (const name of ["actor", "label", "certain", "author"]) form.elements.namedItem(name).value = "";
    state.near = null;
    if (hidden) hidden.remove();
    changed();
  });
  root.addEventListener("click", (event) => {
    const link = event.target.closest(".near");
    if (!link) return;
    event.preventDefault();
    const number = Number(link.closest(".post").dataset.i);
    state.near = { id: new URL(link.href).searchParams.get("near"), numbers: near(number), number };
    changed();
    link.closest(".post").scrollIntoView({ block: "center" });
  });
  return {
    passing() {
      const place = placeOf(), label = field("label")[0], certain = field("certain"), author = field("author");
      const one = (post) => (!author || post.author === author)
        && (!state.near || state.near.numbers.has(post.number))
        && ((place === null && !label && !certain) || post.claims.some((claim) =>
          (place === null || claim.place === place) && (!label || claim.label === label)
          && (!certain || claim.certain === (certain === "true"))));
      return new Set([...ties.posts.values()].filter(one).map((post) => post.number));
    },
    narrows: () => Boolean(state.near || ["actor", "label", "certain", "author"].some(field)),
    told(narrowed) {
      form.querySelector(".all").hidden = !narrowed;
      if (document.body.classList.contains("alone")) return;
      history.replaceState(null, "", address() + location.hash);
      // The picture to take away is the one that is seen.
      const svg = root.querySelector(".exports .svg"), png = root.querySelector(".exports .png");
      svg.href = png.dataset.from = svg.pathname + location.search;
    },
  };
}
